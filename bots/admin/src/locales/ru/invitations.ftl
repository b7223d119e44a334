invitations-open = 🤝 Приглашения
invitations-title = 🤝 <b>Приглашения</b>
invitations-friend =
    { $days ->
        [0] 🎉 Другу: ничего не даём
        [one] 🎉 Другу к первой подписке: +{ $days } день
        [few] 🎉 Другу к первой подписке: +{ $days } дня
       *[other] 🎉 Другу к первой подписке: +{ $days } дней
    }
invitations-percent =
    { $percent ->
        [0] 💰 Процент пригласившему: нет
       *[other] 💰 Процент пригласившему: { $percent }% { $of ->
            [each] с каждой оплаты друга
           *[first] с первой оплаты друга
        }
    }
invitations-second =
    { $percent ->
        [0] 👥 Второй уровень: нет
       *[other] 👥 Второй уровень: { $percent }%
    }
invitations-rule = ℹ️ Считаются только деньги, пришедшие извне: оплата и пополнение. Покупки с баланса, коды и подарки ничего не приносят. При возврате бонус возвращается, сколько его осталось на балансе; остальное — расход магазина.
invitations-field-friendBonusDays = 🎉 Дни другу
invitations-field-referralPercent = 💰 Процент с оплат
invitations-field-referralPercentSecond = 👥 Второй уровень
invitations-to-first = 1️⃣ Только с первой оплаты
invitations-to-each = 🔁 С каждой оплаты
invitations-ask-friendBonusDays = 🎉 <b>Сколько дней дарить другу</b> к первой подписке? Число до 365; 0 — ничего.
invitations-ask-referralPercent = 💰 <b>Сколько процентов от оплат друга</b> зачислять пригласившему на баланс? Число до 50; 0 — ничего.
invitations-ask-referralPercentSecond = 👥 <b>Сколько процентов</b> получает тот, кто пригласил пригласившего? Число до 50; 0 — ничего.
invitations-invalid =
    { $field ->
        [friendBonusDays] 🤔 Нужно целое число от 0 до 365.
       *[referralPercent] 🤔 Нужно целое число от 0 до 50.
    }
invitations-top = 🏆 <b>Лучшие за 30 дней</b> — оплатившие друзья, заработано:
invitations-top-none = 🏆 За 30 дней по приглашениям никто не платил.
invitations-top-line = { $place }. { $name } — { $paid }, { $amount }
invitations-open-line = 👤 { $name }
