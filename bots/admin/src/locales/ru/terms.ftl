terms-open = 📜 Условия
terms-title =
    📜 <b>Условия</b>

    Оферта и политика приватности: ссылка на страницу или текст до 3900 знаков. Клиенты читают их в боте: «Помощь → Условия», /terms.
terms-document-offer = Оферта
terms-document-privacy = Политика
terms-line = <b>{ $document }</b> ({ $language }): { $text }
terms-absent = —
terms-required =
    { $on ->
        [yes] ✅ Перед первой оплатой клиент соглашается с условиями (редакция { $version }).
       *[no] Клиент платит без отдельного согласия.
    }
terms-edit = ✏️ { $document } · { $language }
terms-require = ✅ Просить согласие
terms-stop = ⏹ Не просить согласие
terms-again = 🔁 Новая редакция: спросить всех ещё раз
terms-prompt = 📜 <b>{ $document } ({ $language })</b>: пришлите ссылку (https://…) или текст до 3900 знаков.
terms-now =
    Сейчас:
    { $text }
terms-drop = 🧹 Убрать
terms-invalid = 🤔 Нужна ссылка вида https://… или текст до 3900 знаков.
terms-no-offer = 🤔 Сначала добавьте оферту: соглашаться пока не с чем.
