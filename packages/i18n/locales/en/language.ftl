# What its own speakers call this language.
language-own = English
# How they abbreviate the time of Moscow.
zone-moscow = MSK
