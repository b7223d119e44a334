# What its own speakers call this language.
language-own = Русский
# How they abbreviate the time of Moscow.
zone-moscow = МСК
