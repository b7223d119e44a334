// What any Node process costs before it does anything.
process.send?.('ready')
process.on('SIGTERM', () => process.exit(0))
setInterval(() => {}, 60_000)
