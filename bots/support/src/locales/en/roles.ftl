roles-refused-role =
    ⚠️ { $name } is not a support agent yet: the customer will not see this.

    The owner of the shop can give the role with one tap. Send the message again after that.

roles-refused-anonymous =
    ⚠️ Not delivered: you write in the group’s name, so nobody can tell who you are.

    Switch anonymity off in your admin rights and send the message again.

roles-refused-channel =
    ⚠️ Not delivered: you write in a channel’s name, so nobody can tell who you are.

    Choose yourself beside the message field and send the message again.

roles-make-agent = 👤 Make { $name } an agent
roles-made-agent = ✅ { $name } is a support agent now. Send the message again, and the customer will get it.
roles-needed = Only support agents can do this. The owner of the shop gives the role.
roles-owner-only = Only the owner of the shop gives roles.
