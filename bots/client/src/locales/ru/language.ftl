language-screen = 🌐 <b>Язык · Language</b>
# What its speakers call it.
language-own = 🇷🇺 Русский
