broadcasts-title =
    📣 <b>Рассылка</b>

    { $count ->
        [0] Ещё ни одной не было.
       *[other] Последние рассылки и сколько человек в них:
    }
broadcast-write = ✏️ Написать всем
broadcast-prompt =
    ✏️ <b>Что написать клиентам?</b>

    Пришлите текст одним сообщением. Он уйдёт как есть, без разметки. Под ним будет кнопка, которой можно отказаться от новостей. Перед отправкой покажу, как он выглядит.
broadcast-only-text = 🤔 Пока рассылаем только текст.
broadcast-too-long = 🤔 Слишком длинно: в сообщение помещается { $max } знаков.
broadcast-confirm =
    { $count ->
        [0] 👆 Так это увидят клиенты. Но писать пока некому.
        [one] 👆 Так это увидят клиенты. Получит <b>{ $count }</b> человек — все, кто не заблокировал бота и не отключил новости.
        [few] 👆 Так это увидят клиенты. Получат <b>{ $count }</b> человека — все, кто не заблокировал бота и не отключил новости.
       *[other] 👆 Так это увидят клиенты. Получат <b>{ $count }</b> человек — все, кто не заблокировал бота и не отключил новости.
    }
broadcast-send = 🚀 Отправить · { $count }
broadcast-start = 🚀 Отправить
broadcast-rewrite = ✏️ Переписать
broadcast-title = { $icon } <b>{ $state ->
        [draft] Черновик
        [running] Рассылка идёт
        [done] Рассылка завершена
       *[canceled] Рассылка остановлена
    }</b>
broadcast-progress = { $handled } из { $total }
broadcast-sent = ✅ Доставлено: { $count }
broadcast-unreachable = 🔕 Заблокировали бота: { $count }
broadcast-failed = ⚠️ Telegram отказал: { $count }
broadcast-unknown = ❔ Неизвестно, дошло ли: { $count }. Повторно не шлём, чтобы никто не получил дважды.
broadcast-queued = { $state ->
        [canceled] ⏹ Не отправлено: { $count }
       *[other] ⏳ Осталось: { $count }
    }
broadcast-times = 🕓 { $from } — { $to }
broadcast-stop = ⏹ Остановить
broadcast-about = ≈ Число примерное: столько людей по одному не пересчитываем.
broadcast-progress-about = { $handled } из примерно { $total }
