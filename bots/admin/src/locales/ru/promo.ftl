promo-open = 🎟 Промокоды
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
promo-until = по { $at } включительно
promo-balance = { $amount } на баланс
promo-percent = { $percent } %
promo-off = скидка { $off } на следующую покупку
promo-each =
    { $count ->
        [1] один раз на клиента
        [one] { $count } раз на клиента
        [few] { $count } раза на клиента
       *[other] { $count } раз на клиента
    }
promo-plans = для: { $titles }
promo-from = с { $at }
promo-any-uses = сколько угодно клиентов
promo-uses =
    { $count ->
        [one] всего { $count } раз
        [few] всего { $count } раза
       *[other] всего { $count } раз
    }
promo-rule = с другими скидками не складывается: действует лучшая; хотя бы десятая часть цены платится всегда
promo-confirm = 🎟 <b>Создать код { $code }?</b>
promo-confirm-many =
    🎟 <b>Создать { $count ->
        [one] { $count } код
        [few] { $count } кода
       *[other] { $count } кодов
    }?</b> { $prefix }
promo-make = ✅ Создать
promo-batch = 📦 <b>{ $name }</b> — созданы { $at }
promo-batch-name = { $count } × { $prefix }
promo-batch-stopped =
    { $kind ->
        [stopped] ⏹ Эти коды остановлены. Что они уже дали, остаётся.
       *[unknown] 👌 Эти коды уже были остановлены.
    }
promo-file = 📄 { $name }
promo-file-text = 📄 Коды со ссылками и числом активаций: открывается в таблице.
promo-wrong =
    { $kind ->
        [no_gift] 🤔 Не сказано, что даёт код: <code>20%</code>, <code>-300</code>, <code>7д</code> или <code>300</code>.
        [two_gifts] 🤔 Код даёт что-то одно: скидку, дни или баланс.
       *[word] 🤔 Не понимаю здесь «{ $word }», или это спорит с другим словом. Ничего не создано.
    }
promo-how =
    ➕ Новый код — одной строкой, в любом порядке:
    <code>/newcode SPRING 20% 100 раз до 01.03.2027 тариф month</code>

    Что даёт: <code>20%</code> или <code>-300</code> — скидка на следующую покупку, <code>7д</code> — дни, <code>300</code> — на баланс.
    Остальное можно не писать: сам код, сколько раз всего (<code>x100</code>), сколько раз одному клиенту (<code>по 3</code>), <code>с</code> и <code>до</code> какого дня, <code>тариф</code> и его названия, <code>новым</code> — только до первой покупки.

    Много кодов сразу: <code>/newcode SPRING 20% 200 кодов</code>
promo-created = ✅ Код: <code>{ $code }</code>
promo-link =
    🔗 Ссылка, которая его активирует:
    <code>{ $link }</code>
promo-stop-ask =
    ⏹ <b>Остановить { $code }?</b>

    Больше никто его не введёт. Что он уже дал, остаётся. Вернуть его нельзя, и слово больше не занять.
promo-stop-yes = ⏹ Да, остановить
promo-stop = ⏹ Остановить { $code }
promo-stopped =
    { $kind ->
        [stopped] ⏹ { $code } остановлен. Что он уже дал, остаётся.
       *[unknown] 👌 { $code } уже был остановлен.
    }
promo-refused =
    { $kind ->
        [invalid_code] 🤔 В коде от 3 до 32 латинских букв, цифр и дефисов; общее начало многих — до 23.
        [invalid_gift] 🤔 Код даёт скидку от 1 до 90 %, от 1 до 366 дней или сумму до 100 000.
        [invalid_uses_each] 🤔 Скидкой один клиент может воспользоваться от 1 до 1000 раз; дни и баланс даются однажды.
        [invalid_currency] 🤔 Ни у одной подписки нет цены в этой валюте: скидка ничего бы не дала.
        [invalid_plans] 🤔 Только скидка бывает для некоторых тарифов, и только для тех, что есть.
        [invalid_count] 🤔 От 1 до 5000 кодов сразу.
        [invalid_uses] 🤔 От x1 до x1000000.
        [over_already] 🤔 Этот день уже прошёл.
       *[taken] 🤔 Такой код есть или был. Возьмите другое слово.
    }
