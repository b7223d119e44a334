discounts-open = 🏷 Скидки
discounts-title = 🏷 <b>Скидки, которые магазин даёт сам</b>
discounts-hours =
    { $count ->
        [0] ⏰ Счастливые часы: нет
       *[other] ⏰ <b>Счастливые часы</b>, по времени { $zone }:
    }
discounts-hours-line = { $days } { $from }–{ $until }: { $percent } %
discounts-every-day = каждый день
discounts-weekday =
    { $day ->
        [1] пн
        [2] вт
        [3] ср
        [4] чт
        [5] пт
        [6] сб
       *[7] вс
    }
discounts-win-back =
    { $percent ->
        [0] 🎁 За возвращение: ничего
       *[other] 🎁 За возвращение: { $percent } %, { $days ->
            [one] { $days } день
            [few] { $days } дня
           *[other] { $days } дней
        } после каждого напоминания о том, что подписка закончилась
    }
discounts-personal = 💙 Скидка для одного человека задаётся в карточке клиента. Скидки не складываются: действует лучшая.
discounts-add-hours = ➕ Добавить счастливые часы
discounts-drop = 🗑 { $hours }
discounts-set-win-back = 🎁 За возвращение
discounts-ask-hours =
    ⏰ <b>Когда и какая скидка?</b>

    Например: <code>пт-вс 18:00-22:00 20%</code>. Без дней — каждый день. От 1 до 90 %.
discounts-ask-win-back =
    🎁 <b>Какая скидка за возвращение и на сколько дней?</b>

    Например: <code>20% 3д</code>. Она приходит с напоминаниями о том, что подписка или пробный период закончились, и с каждым начинается заново. <code>0</code> — ничего не давать.
discounts-ask-personal =
    💙 <b>Какая скидка этому клиенту?</b>

    Например: <code>15%</code>, или на время: <code>15% 30д</code>. От 1 до 90 %; <code>0</code> — убрать. Клиент об этом узнает.
discounts-personal-open = 💙 Скидка
discounts-refused =
    { $kind ->
        [invalid_hours] 🤔 Это не часы. Нужны дни, два времени и процент.
        [too_many_hours] 🤔 Их уже десять. Сначала уберите лишние.
        [invalid_offer] 🤔 От 1 до 90 % и от 1 до 60 дней, или 0.
       *[invalid_discount] 🤔 От 1 до 90 % и не больше 3650 дней, или 0.
    }
card-discount = 💙 Скидка: { $percent } %{ $until }
card-discount-until = {" "}по { $day } включительно
customer-discount-set = 💙 Скидка задана. Клиенту сообщили.
customer-discount-removed = 💙 Скидка убрана.
customer-discount-same = 👌 Так уже и было.
