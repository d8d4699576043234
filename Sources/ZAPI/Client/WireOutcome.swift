import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// What came back over the wire for one request, before its meaning is judged.
enum WireOutcome: Equatable {
    /// A complete reply: its status, the headers that matter and its body.
    case reply(status: Int, headers: ReplyHeaders, body: [UInt8])
    /// A reply whose body is larger than anything that Z-API sends.
    case tooLarge(status: Int, headers: ReplyHeaders)
    /// The head of a reply whose body never ended.
    case cutShort(status: Int, headers: ReplyHeaders, String)
    /// No reply, and no byte of the request can have left.
    case neverLeft(String)
    /// No reply, and the request may have left.
    case lost(String)
}

/// The headers that affect what a reply means.
struct ReplyHeaders: Hashable {
    var retryAfter: String?
    var contentType: String?

    /// Whether the content type allows the body to be Z-API's: JSON, or no type at all.
    var allowsJSON: Bool {
        guard let contentType else { return true }
        let type = contentType.prefix { $0 != ";" }.lowercased().split(separator: " ").joined()
        return type == "application/json" || type == "text/json" || type.hasSuffix("+json")
    }
}

extension WireOutcome {
    /// What an error of the HTTP client says about the request. Unless it proves that nothing left, something may have.
    init(failure error: any Error) {
        switch error {
        case let error as HTTPClientError where Self.comesBeforeTheRequest(error):
            self = .neverLeft("cannot connect: \(error.shortDescription)")
        case let error as NIOConnectionError where error.connectionErrors.map(\.error).contains(where: Self.hadNoSocket):
            self = .neverLeft(Self.noSocket)
        case is NIOConnectionError, is SocketAddressError:
            // For a host name: none of its addresses could be connected to, or there are none.
            self = .neverLeft("cannot connect: the host cannot be found or refuses connections")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            // Only connect(2) returns this code; the other codes also come from connections that worked.
            self = .neverLeft("cannot connect: connection refused")
        case let error where Self.hadNoSocket(error):
            self = .neverLeft(Self.noSocket)
        case NIOSSLError.handshakeFailed(let reason):
            self = .neverLeft("cannot connect: \(HandshakeFailure.text(of: reason))")
        case is NIOSSLExtraError:
            self = .neverLeft("cannot connect: the server's certificate is not valid for this host")
        default:
            self = .lost("no reply: \(Self.text(of: error))")
        }
    }

    private static let noSocket =
        "cannot connect: too many files and connections are open; raise the limit (`ulimit -n`) or use fewer workers"

    /// Whether there was no socket or port left: only socket(2) and connect(2) return these codes, so there never was a
    /// connection.
    private static func hadNoSocket(_ error: any Error) -> Bool {
        guard let error = error as? IOError else { return false }
        return [EMFILE, ENFILE, EADDRNOTAVAIL].contains(error.errnoCode)
    }

    /// Why a request or its reply broke off.
    static func text(of error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .cancelled: "stopped while waiting for it"
        case let error as HTTPClientError where error == .deadlineExceeded: "timed out"
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError: "the connection broke: \(String(cString: strerror(error.errnoCode)))"
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            "it cannot be decompressed"
        default: "\(type(of: error))"
        }
    }

    /// Errors of the client that come before it has a connection, or because it refuses to send at all.
    private static func comesBeforeTheRequest(_ error: HTTPClientError) -> Bool {
        let early: [HTTPClientError] = [
            .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .socksHandshakeTimeout,
            .httpProxyHandshakeTimeout, .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown,
        ]
        return early.contains(error)
    }
}

/// Why the TLS connection failed, in words.
private enum HandshakeFailure {
    static func text(of error: BoringSSLError) -> String {
        let reasons = reasons(of: error)
        if reasons.contains("CERTIFICATE_VERIFY_FAILED") {
            return "the server's certificate is not trusted: it is expired, self-signed, or from an issuer that this "
                + "machine does not know (SSL_CERT_FILE can name a file with others)"
        }
        if reasons.contains("WRONG_VERSION_NUMBER") || reasons.contains("HTTP_REQUEST") {
            return "the server does not speak TLS: check the address and its port"
        }
        let said = reasons.map { $0.lowercased().split(separator: "_").joined(separator: " ") }
        return "the TLS handshake failed" + (said.isEmpty ? "" : " (\(said.joined(separator: ", ")))")
    }

    /// BoringSSL's own words, such as `CERTIFICATE_VERIFY_FAILED`; it prints an error as
    /// `error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at file:line`.
    private static func reasons(of error: BoringSSLError) -> [String] {
        switch error {
        case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack), .failedToSetALPN(let stack):
            return stack.compactMap { error in
                let text = "\(error)"
                guard let library = text.firstRange(of: "OPENSSL_internal:") else { return nil }
                return String(text[library.upperBound...].prefix { $0 != " " })
            }
        case .syscallError: return ["the connection broke"]
        case .noError, .zeroReturn, .wantRead, .wantWrite, .wantConnect, .wantAccept, .wantX509Lookup,
            .wantCertificateVerify:
            return []
        }
    }
}
