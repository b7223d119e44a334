language-screen = 🌐 <b>Language · Язык</b>
# What its speakers call it.
language-own = 🇬🇧 English
