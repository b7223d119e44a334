outage-begins =
    🔴 <b>База данных не отвечает</b>

    С { $since } магазин не может ни продавать, ни отвечать. Ключи, которые уже есть у клиентов, работают.

    На машине магазина <code>npm run doctor</code> покажет, что не так. Когда база вернётся, всё продолжится само.
outage-ends =
    🟢 <b>База данных снова отвечает</b>

    Её не было { $lasted }. Всё, что ждало, уже выполняется.
outage-minutes =
    { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[other] { $minutes } минут
    }
outage-hours =
    { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[other] { $hours } часов
    }
