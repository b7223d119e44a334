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
    {"   "}• балансы клиентов — { $balances }
    {"   "}• деньги, по которым нужно решение — { $suspense }
report-nothing = ничего
report-file = 📄 Файл для бухгалтера
report-file-text = 📄 Платежи и возвраты за { $month }: по строке на каждый, открывается в таблице.
