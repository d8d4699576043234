import Foundation
import NIOSSL

/// Who may vouch for a server: the issuer certificates that TLS connections trust.
package struct TrustedIssuers: Sendable {
    /// The certificates that the system trusts.
    package static let system = TrustedIssuers(tls: .makeClientConfiguration())

    let tls: TLSConfiguration

    /// Certificates from a file or a folder instead of the system's, as SSL_CERT_FILE and SSL_CERT_DIR name them for
    /// every program that uses OpenSSL. Loaded now, so that calls do not fail because of an unusable file.
    ///
    /// - Parameters:
    ///   - file: certificates in PEM; nil means none.
    ///   - folder: a folder of such files; nil means none.
    /// - Throws: ``Unusable``.
    package init(file: String?, folder: String?) throws(Unusable) {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let folder {
            var isFolder = ObjCBool(false)
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
                throw Unusable(path: folder)
            }
            tls.trustRoots = .file(folder)
        }
        if let file {
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(file), !certificates.isEmpty else {
                throw Unusable(path: file)
            }
            if folder == nil { tls.trustRoots = .certificates(certificates) }
            if folder != nil { tls.additionalTrustRoots = [.certificates(certificates)] }
        }
        self.tls = tls
    }

    private init(tls: TLSConfiguration) {
        self.tls = tls
    }

    /// A file or folder without readable certificates.
    package struct Unusable: Error {
        package var path: String
    }
}
