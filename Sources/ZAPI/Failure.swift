import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension WireOutcome {
    /// What an error of the HTTP client says about the request. What does not prove that nothing left may have left.
    init(failure error: any Error) {
        switch error {
        case let error as HTTPClientError where Self.comesBeforeTheRequest(error):
            self = .neverLeft("cannot connect: \(error.shortDescription)")
        case let error as NIOConnectionError where error.connectionErrors.map(\.error).contains(where: Self.hadNoSocket):
            self = .neverLeft(Self.noSocket)
        case is NIOConnectionError, is SocketAddressError:
            // Of a host name: none of its addresses could be connected to, or there are none.
            self = .neverLeft("cannot connect: the host cannot be found or refuses connections")
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            // Only connect(2) gives this one; the other codes also come from connections that worked.
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
        "cannot connect: too many files and connections are open, raise the limit (`ulimit -n`) or take fewer workers"

    /// Whether there could be no socket, or no port for it: only socket(2) and connect(2) give these, so that there never
    /// was a connection.
    private static func hadNoSocket(_ error: any Error) -> Bool {
        guard let error = error as? IOError else { return false }
        return [EMFILE, ENFILE, EADDRNOTAVAIL].contains(error.errnoCode)
    }

    /// What broke a request off, or its reply.
    static func text(of error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .cancelled: "stopped while waiting for it"
        case let error as HTTPClientError where error == .deadlineExceeded: "the time ran out"
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError: "the connection broke: \(String(cString: strerror(error.errnoCode)))"
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            "its compression cannot be undone"
        default: "\(type(of: error))"
        }
    }

    /// Errors that the client gives while it has no connection yet, or refuses to send at all.
    private static func comesBeforeTheRequest(_ error: HTTPClientError) -> Bool {
        let early: [HTTPClientError] = [
            .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .socksHandshakeTimeout,
            .httpProxyHandshakeTimeout, .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown,
        ]
        return early.contains(error)
    }
}
