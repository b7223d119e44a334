import { expect, test } from 'vitest'
import { explainLines } from './explain-lines.mjs'

const known = ['CLIENT_BOT_TOKEN', 'CRYPTOBOT_TOKEN', 'OWNER_TELEGRAM_ID', 'SECRET_KEY', 'SHOP_NAME']
const example = 'write one NAME=value a line, as .env.example does'

test.each([
  ['nothing', '', []],
  [
    'known names, comments and empty lines',
    '# a\n\nSHOP_NAME=a=b\r\n  export SECRET_KEY = x\nOWNER_TELEGRAM_ID=\n',
    [],
  ],
  ['a name of somebody else', 'HOME_PAGE=x', []],
  ['a value over several lines', 'SHOP_NAME="a\nb\nc"\nSECRET_KEY=x', []],
  ['a quotation mark that is never closed', 'SHOP_NAME="a\nb', [`line 2 has no "=" → ${example}`]],
  ['a quotation mark closed in its line', "SHOP_NAME='a'\nb", [`line 2 has no "=" → ${example}`]],
  ['a colon', 'OWNER_TELEGRAM_ID: 7', ['line 1 has no "=" → write OWNER_TELEGRAM_ID=value']],
  ['a line that may be a secret', 'SECRET_KEY=a\nhunter2', [`line 2 has no "=" → ${example}`]],
  ['the end of a key in base64', 'aGVsbG8=', [`line 1 has a name in lower case, which nothing reads → ${example}`]],
  ['a name twice', 'SHOP_NAME=a\n\nSHOP_NAME=b', ['line 3 gives SHOP_NAME again, after line 1 → keep one of the two']],
  ['a strange name twice', 'QWERTY=a\nQWERTY=b', ['line 2 gives its name again, after line 1 → keep one of the two']],
  ['lower case', 'shop_name=a', ['line 1 says shop_name, which nothing reads → did you mean SHOP_NAME?']],
  [
    'two letters',
    'CRYPTOBOT_TOKNE=a',
    ['line 1 says CRYPTOBOT_TOKNE, which nothing reads → did you mean CRYPTOBOT_TOKEN?'],
  ],
  ['three letters', 'CRYPTOBOT_TO=a', []],
])('%s', (_, text, sentences) => {
  expect(explainLines(text, known).map(({ message, advice }) => `${message} → ${advice}`)).toEqual(sentences)
})
