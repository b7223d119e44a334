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
discounts-personal = 💙 Скидка одному человеку или группе назначается в карточке клиента. Скидки не складываются: действует лучшая.
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
        [invalid_group] 🤔 Нужны название и процент от 1 до 90: Партнёры 15%.
        [too_many_groups] 🤔 Их уже двадцать. Сначала удалите одну.
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
groups-open = 👥 Группы
groups-title =
    { $count ->
        [0] 👥 <b>Группы</b>: пока нет. У всех в группе одна и та же скидка.
       *[other] 👥 <b>Группы</b>: у всех в группе её скидка. Добавить человека — в его карточке, кнопка «Скидка».
    }
groups-add = ➕ Новая группа
group-card =
    👥 <b>{ $name }</b>: скидка { $percent }%
    { $members ->
        [0] В ней никого нет.
        [one] В ней { $members } клиент.
        [few] В ней { $members } клиента.
       *[other] В ней { $members } клиентов.
    }
group-change = ✏️ Название и процент
group-drop = 🗑 Удалить
group-drop-ask = 🗑 <b>Удалить группу «{ $name }»?</b> Её клиенты дальше платят как все. Им об этом не скажут. Открытые заказы сохранят цену.
group-drop-yes = 🗑 Да, удалить
group-ask =
    👥 <b>Как называется группа и какая скидка?</b>

    Например: <code>Партнёры 15%</code>. Название до 30 символов и от 1 до 90%. Изменение действует для всех в группе; им об этом не скажут.
group-choose =
    { $count ->
        [0] 👥 Групп пока нет. Создать: «Настройки» → «Скидки» → «Группы».
       *[other] 👥 <b>В какую группу?</b> Клиенту скажут, какая у него скидка.
    }
group-none = ✖️ Ни в какую
card-group = 👥 Группа: { $name }, { $percent }%
customer-group-set = 👥 Клиент в группе, ему сказали.
customer-group-left = 👥 Клиент больше ни в какой группе.
customer-unknown-group = 🤷 Такой группы больше нет.
