staff-title =
    🧑‍💼 <b>Staff</b>

    { $count ->
        [0] Only you so far.
       *[other] Besides you:
    }
staff-line = { $role ->
        [admin] 🧑‍💼
        [owner] 👑
       *[support] 🎧
    } <b>{ $name }</b> · <code>{ $id }</code>
staff-add-admin = ➕ Administrator
staff-add-support = ➕ Support
staff-prompt =
    { $role ->
        [admin] 🧑‍💼 <b>A new administrator</b> — sees and may do everything but this section.
       *[support] 🎧 <b>A new support agent</b> — answers tickets and sees customers' cards.
    }

    Forward a message of theirs, share their contact or send their Telegram ID or @username.
staff-hidden = 🤔 This person hides who they are when forwarded. Send their contact or Telegram ID.
staff-nobody = 🤔 I don't see a person there. Forward a message of theirs, share their contact or send their Telegram ID.
staff-unknown = 🤔 No customer has this @username. Forward a message of theirs, share their contact or send their Telegram ID.
staff-add-confirm =
    { $role ->
        [admin] 🧑‍💼 <b>Make this person an administrator?</b>
       *[support] 🎧 <b>Make this person a support agent?</b>
    }

    { $person ->
        [known] 👤 { $name } · <code>{ $id }</code>
       *[unknown] 👤 <code>{ $id }</code> — the shop has not met this person yet. Check the number: whoever has it gets the role.
    }
staff-add-yes = ✅ Yes, give the role
staff-remove = ➖ { $name }
staff-remove-confirm =
    ➖ Take the role away from <b>{ $name }</b>?

    It stops working at once, with the very next press.
staff-remove-yes = ➖ Yes, take it away
staff-result =
    { $kind ->
        [added] ✅ Done. They should open this bot and press /start.
        [changed] ✅ The role was changed.
        [is_owner] 👑 That is the owner, who may do everything already.
        [removed] ✅ The role was taken away.
       *[unknown_staff] 🤷 There is no such person on the staff.
    }
staff-unreachable = 🔕 hears nothing: has not started this bot, or blocked it
