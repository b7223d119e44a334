language-screen = 🌐 <b>Language · Язык</b>
language-ru = 🇷🇺 Русский
language-en = 🇬🇧 English
