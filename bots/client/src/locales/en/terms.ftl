terms-open = 📜 Terms and privacy
terms-title = 📜 <b>Terms and privacy</b>
terms-none = 📜 This shop has no terms of its own.
terms-offer = 📄 Terms (offer)
terms-privacy = 🔒 Privacy policy
terms-text =
    <b>{ $title }</b>

    { $text }
terms-ask =
    📜 <b>Before you pay</b>

    { $has ->
        [both] Please read the terms and the privacy policy. By pressing “I agree” you accept them.
       *[offer] Please read the terms. By pressing “I agree” you accept them.
    } We ask once.
terms-agree = ✅ I agree, go on
