import { addChannel } from './add-channel.ts'
import { changeChannelRules } from './change-channel-rules.ts'
import { findHeldCustomer } from './find-held-customer.ts'
import { getChannelRules } from './get-channel-rules.ts'
import { holdTrial } from './hold-trial.ts'
import { listRequiredChannels } from './list-required-channels.ts'
import { readChannels } from './read-channels.ts'
import { removeChannel } from './remove-channel.ts'
import { reportChannel } from './report-channel.ts'
import { resumeTrial } from './resume-trial.ts'

export const channelVerbs = {
  addChannel,
  changeChannelRules,
  findHeldCustomer,
  getChannelRules,
  holdTrial,
  listRequiredChannels,
  readChannels,
  removeChannel,
  reportChannel,
  resumeTrial,
}
