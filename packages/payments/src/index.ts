export { type CryptobotSettings, createCryptobot, cryptobotApiUrl } from './cryptobot/index.ts'
export { createPaymentProviders, type PaymentsConfig, type ProviderDeps } from './registry.ts'
export { createTestProvider, type TestProviderSettings } from './test-pay/index.ts'
export { createYookassa, type YookassaSettings, yookassaApiUrl, yookassaWebhookSources } from './yookassa/index.ts'
