import AsyncHTTPClient
import CampaignCore
import NIOCore
import NIOHTTPCompression

/// How connections are made and kept.
struct ConnectionRules {
    /// How long a connection may be idle and still be used. Servers close idle connections after a second or more.
    struct IdleLimits {
        /// By the client's own timer, which fires late when its event loop is busy.
        var pool = Duration.milliseconds(500)
        /// As observed at the socket, for calls.
        var calls = Duration.milliseconds(500)
    }

    /// How long requests may take that place no call, whatever the timeout of calls.
    struct QuestionLimits {
        /// A run waits for an instance's health before its first call.
        var one = TimeAmount.seconds(10)
        /// All pages of a queue together: a run does not end before that.
        var queue = TimeAmount.seconds(12)
    }

    /// The largest size of a decompressed reply, in bytes; compressed replies are never requested.
    private static let largestDecompressed = 32 << 20

    /// Maximum number of connections to one address on one event loop.
    var max: Int
    var idle = IdleLimits()
    var questions = QuestionLimits()
    /// A connection that takes longer is given up, whatever the timeout of its request.
    var longestConnecting = Duration.seconds(10)
    var trust = TrustedIssuers.system

    /// How long a connection may take to be established for a request that may take `timeout`: less, so that one that
    /// never was is recognized as such.
    ///
    /// Always `longestConnecting`, or that halved a few times: each of them has connections, and with TLS a copy of the trusted
    /// certificates, of its own.
    func connectTimeout(of timeout: Duration) -> Duration {
        var connecting = longestConnecting
        while connecting > timeout * 9 / 10, connecting > .milliseconds(1) { connecting /= 2 }
        return connecting
    }

    /// The settings of a client that follows these rules.
    ///
    /// - Parameters:
    ///   - connectTimeout: for establishing a connection.
    ///   - bodies: what ``SendGate`` looks for at the sockets.
    func configuration(
        connectTimeout: Duration, bodies: BodiesInFlight, now: @escaping @Sendable () -> Timestamp
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(tlsConfiguration: trust.tls, redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: TimeAmount(connectTimeout))
        configuration.decompression = .enabled(limit: .size(Self.largestDecompressed))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Swift.max(max, 1)
        // Makes a refused port known immediately, not after the whole timeout.
        configuration.connectionPool.retryConnectionEstablishment = false
        // We close idle connections first, so that no call races with the server closing them: it would be in doubt.
        configuration.connectionPool.idleTimeout = TimeAmount(idle.pool)
        let longestIdle = idle.calls
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(
                    SendGate(bodies, longestIdle: longestIdle, now: now), position: .first)
            }
        }
        return configuration
    }
}

extension TimeAmount {
    init(_ duration: Duration) {
        self = .nanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}
