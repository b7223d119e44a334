pay-support =
    🧾 <b>Questions about a payment</b>

    Write to support: say what you paid for and when. Your payments are in the history. Stars go back to whoever paid them.
checkout-refused =
    { $kind ->
        [paid] This is paid already. Your key is in the bot: /config
        [subscribed] You pay for a subscription in stars already. See Auto-renewal in the bot.
        [not_yours] This invoice is for somebody else. Open the bot and choose a plan of your own.
        [banned] Your access is suspended. Please write to support.
       *[other] This invoice is out of date. Open the bot and choose a plan again.
    }
