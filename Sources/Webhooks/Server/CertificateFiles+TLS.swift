import CampaignCore
import Foundation
import NIOSSL

extension CertificateFiles {
    /// The settings for HTTPS. The files are read once; a new certificate needs a restart.
    func tls() throws(WebhookServerError) -> TLSConfiguration {
        let chain = try chain()
        let key = try privateKey()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw .otherKey(self)
        }
        return configuration
    }

    private func chain() throws(WebhookServerError) -> [NIOSSLCertificate] {
        let bytes = try Self.bytes(certificate)
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            throw .certificate(
                path: certificate,
                reason: Phrase("it contains no certificate in PEM form", "não contém um certificado em formato PEM"))
        }
        return chain
    }

    private func privateKey() throws(WebhookServerError) -> NIOSSLPrivateKey {
        let bytes = try Self.bytes(key)
        // Without a callback, a key with a passphrase would be asked for on the terminal.
        guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem, passphraseCallback: { $0([UInt8]()) }) else {
            throw .certificate(
                path: key,
                reason: Phrase(
                    "it contains no private key in PEM form, or one with a passphrase",
                    "não contém uma chave privada em formato PEM, ou contém uma com senha"))
        }
        return key
    }

    private static func bytes(_ path: String) throws(WebhookServerError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
            throw .certificate(path: path, reason: Phrase("there is no such file", "esse arquivo não existe"))
        } catch {
            throw .certificate(path: path, reason: Phrase("it cannot be read", "não pode ser lido"))
        }
    }
}
