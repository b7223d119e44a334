language-screen = 🌐 <b>Язык · Language</b>
language-ru = 🇷🇺 Русский
language-en = 🇬🇧 English
