help-screen =
    ❓ <b>How to connect</b>

    1. Buy a subscription, or try it free where the menu offers that.
    2. Get your key — it arrives right here.
    3. Choose your device below and follow the steps.

    One key serves all your devices: “Subscription” says how many at the same time.

    <b>It won't connect?</b>
    • Check in “Subscription” that it is active and has traffic left.
    • Update the subscription in the app, or add the key again.
    • Switch other VPNs off and restart the app.

    Still stuck? Write to us, a real person answers.
