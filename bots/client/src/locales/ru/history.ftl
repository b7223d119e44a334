history-open = 🧾 История платежей
history-title = 🧾 <b>История платежей</b>
history-none = Платежей пока не было.
history-line =
    { $state } · { $title } · <b>{ $amount }</b>
    { $at } · { $method }
history-open-one = Нажмите на платёж — покажем его целиком.
history-button = 🧾 { $at } · { $amount } · { $title }
history-refunded = ↩️ Возвращено: { $amount }
payment-created = 🕓 не оплачен
payment-pending = 🕓 ждёт оплаты
payment-paid = ✅ оплачен
payment-canceled = ❌ не прошёл
payment-expired = ⌛️ срок вышел
payment-mismatch = ⚠️ проверяем
payment-decided = ⚠️ сумма не совпала, проверили
payment-refunded = ↩️ возвращён
history-card-title = 🧾 <b>{ $title }</b>
history-card-state = { $state }
history-card-amount = Сумма: <b>{ $amount }</b>
history-card-off = Скидка: { $off } · { $why }
history-card-method = Способ: { $method }
history-card-at = Дата: { $at }
history-card-number = Номер: <code>{ $id }</code>
history-card-again = 🔁 Купить то же самое
history-card-gone = 🤷 Такого платежа нет.
