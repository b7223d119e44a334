outage-begins =
    🔴 <b>The database does not answer</b>

    Since { $since } the shop can neither sell nor answer. Keys that customers have go on working.

    On the shop's machine, <code>npm run doctor</code> says what is wrong. Everything goes on by itself once the database is back.
outage-ends =
    🟢 <b>The database is back</b>

    It was away for { $lasted }. Whatever waited is being done now.
outage-minutes =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
outage-hours =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
