methods-title =
    { $count ->
        [0] 💳 <b>Способы оплаты</b>

            Ни одного: в файле .env нет ключей платёжных систем.
       *[other] 💳 <b>Способы оплаты</b>

            🟢 предлагается · 🔴 не отвечает или не подключён · 🙈 выключен. Клиенты видят их в этом порядке.
    }
method-title = 💳 <b>{ $name }</b>
method-whole = { $name }: всё на её странице
method-state =
    { $state ->
        [off] 🙈 Выключен: никому не предлагается
        [down] 🔴 Не отвечает: скрыт от клиентов, пока не заработает
        [absent] 🔴 Нет в договоре с провайдером: не показываем, пока он не включит
       *[on] 🟢 Предлагается клиентам
    }
method-well = ✅ Работал { $at }
method-failed = ⚠️ Сбой { $at }: <i>{ $said }</i>
method-place = ↕️ Место: { $place } из { $count }
method-currencies = 💱 Принимает: { $currencies }
method-percent =
    { $percent ->
        [none] 🧮 Сверх цены: ничего
       *[other] 🧮 Сверх цены: { $percent } %
    }
method-name = ✏️ { $language }: { $title }
method-hint = Изменения — для новых счетов. Тариф предлагается только там, где принимают одну из его цен.
method-hide = 🙈 Выключить
method-offer = 🟢 Предлагать
method-field-percent = 🧮 Наценка или скидка
method-field-title = ✏️ Название · { $language }
method-ask-percent = 🧮 <b>Сколько процентов сверх цены?</b> От −50 до 50: 5 — наценка, -5 — скидка, 0 — без изменений. Клиенты увидят это до оплаты.
method-ask-title = ✏️ <b>Как называется способ? Язык: { $language }.</b> До 40 знаков; прочерк (-) вернёт обычное название.
method-problem-percent = 🤔 Нужно целое число от −50 до 50.
method-problem-title = 🤔 В названии — до 40 знаков.
