promo-open = 🎟 Коды
promo-all = 🎟 Все коды
promo-title =
    { $count ->
        [0] 🎟 Кодов пока нет.
       *[other] 🎟 <b>Коды</b>
    }
promo-line = <code>{ $code }</code> — { $gift }, активаций: { $uses }
promo-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }
promo-newcomers = до первой покупки
promo-until = до { $at }
promo-how =
    ➕ Новый код — одной строкой:
    <code>/newcode WINTER 7d x100 2026-12-31 new</code>
    <code>7d</code> — дни, или сумма на баланс: <code>300</code>. Остальное можно не писать: сам код, сколько активаций (<code>x100</code>), последний день, <code>new</code> — только до первой покупки.
promo-created = ✅ Код: <code>{ $code }</code>
promo-link =
    🔗 Ссылка, которая его активирует:
    <code>{ $link }</code>
promo-stop = ⏹ Остановить { $code }
promo-stopped =
    { $kind ->
        [stopped] ⏹ { $code } остановлен. Что он уже дал, остаётся.
       *[unknown] 👌 { $code } уже был остановлен.
    }
promo-refused =
    { $kind ->
        [invalid_code] 🤔 В коде от 3 до 32 латинских букв, цифр и дефисов.
        [invalid_gift] 🤔 Код даёт от 1 до 366 дней или сумму до 100 000.
        [invalid_uses] 🤔 От x1 до x1000000.
        [over_already] 🤔 Этот день уже прошёл.
       *[taken] 🤔 Такой код есть или был. Возьмите другое слово.
    }
