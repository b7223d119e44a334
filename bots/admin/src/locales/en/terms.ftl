terms-open = 📜 Terms
terms-title =
    📜 <b>Terms</b>

    The offer and the privacy policy: the address of a page, or a text of up to 3,900 characters. Customers read them in the bot: Help → Terms, /terms.
terms-document-offer = Offer
terms-document-privacy = Privacy
terms-line = <b>{ $document }</b> ({ $language }): { $text }
terms-absent = —
terms-required =
    { $on ->
        [yes] ✅ Customers agree to the terms before they pay for the first time (version { $version }).
       *[no] Customers pay without being asked to agree.
    }
terms-edit = ✏️ { $document } · { $language }
terms-require = ✅ Ask for consent
terms-stop = ⏹ Do not ask for consent
terms-again = 🔁 New version: ask everybody again
terms-prompt = 📜 <b>{ $document } ({ $language })</b>: send an address (https://…) or a text of up to 3,900 characters.
terms-now =
    Now:
    { $text }
terms-drop = 🧹 Remove
terms-invalid = 🤔 An address like https://… or a text of up to 3,900 characters, please.
terms-no-offer = 🤔 Add an offer first: there is nothing to agree to yet.
