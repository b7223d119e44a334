report-open = 📒 Отчёт о деньгах
report-title = 📒 <b>Деньги, { $month }</b>
report-sales = 💰 <b>Продано: { $total }</b> ({ $count })
report-refunds = ↩️ <b>Возвращено: { $total }</b> ({ $count })
report-fees = 🏦 <b>Комиссии касс: { $total }</b>
report-discounts = 🎟 <b>Скидки: { $total }</b> ({ $count }), в проданном уже учтены
report-discount =
    {"   "}• { $cause ->
        [promo] коды
        [personal] личные
        [group] группы
        [happy_hours] счастливые часы
       *[win_back] за возвращение
    } — { $amount }
report-revenue = 📈 <b>Заработано: { $total }</b> — проданное время, которое уже прошло; считается каждую ночь
report-line = {"   "}• { $provider }{ $plan } — { $amount }
report-more =
    { $count ->
        [one] {"   "}…и ещё { $count } строка
        [few] {"   "}…и ещё { $count } строки
       *[other] {"   "}…и ещё { $count } строк
    }
report-owed =
    ⏳ <b>Что магазин должен сегодня</b>
    {"   "}• проданное время, которое ещё впереди — { $deferred }
    {"   "}• подарки, которые ещё не активировали — { $gifts }
    {"   "}• балансы клиентов — { $balances }
    {"   "}• деньги, по которым нужно решение — { $suspense }
report-nothing = ничего
report-file = 📄 Файл для бухгалтера
report-file-text = 📄 Платежи и возвраты за { $month }: по строке на каждый, открывается в таблице.
report-closed = 🔒 Закрыт { $at }: эти цифры не изменятся.
report-owed-then =
    ⏳ <b>Что магазин был должен при закрытии</b>
    {"   "}• проданное время, которое было впереди — { $deferred }
    {"   "}• подарки, которые ещё не активировали — { $gifts }
    {"   "}• балансы клиентов — { $balances }
    {"   "}• деньги, по которым ждали решения — { $suspense }
report-close = 🔒 Закрыть месяц
report-closing =
    🔒 <b>Закрыть { $month }?</b>

    Его цифры больше не изменятся, и ничего не будет записано в него и в месяцы до него. Возврат или комиссия, о которых станет известно позже, попадут в месяц, когда стало известно. Отменить это нельзя.
report-closing-yes = 🔒 Закрыть насовсем
report-closing-result =
    { $kind ->
        [closed] 🔒 Готово: месяц закрыт.
        [already_closed] 👌 Месяц уже закрыт.
       *[too_early] 🕓 Рано: месяц можно закрыть через два дня после его конца.
    }
report-given =
    🎁 <b>Подарено</b>
    {"   "}• пригласившим — { $bonuses }
    {"   "}• по кодам — { $credit }
report-written-off = 🗑 <b>Списано в убыток: { $amount }</b>
report-unclaimed = 📦 <b>Невостребованное осталось магазину: { $amount }</b>
report-chart = 📊 График
report-chart-title = Деньги по дням, { $month }
report-chart-sold = Продано
report-chart-earned = Заработано
report-chart-text =
    📊 <b>Деньги по дням, { $month }</b>

    Продано { $sold }, заработано { $earned }. Больше всего за день: { $best }. В валюте большинства продаж.
report-chart-empty = 📊 За { $month } ничего не продано.
