import CampaignCore

/// What came of an event that was posted to an address of ours as Z-API posts one: which step failed, and what to do.
struct WebhookTrial: Equatable {
    enum Step: String, Encodable {
        /// Z-API has no address of ours, or one that this database does not know.
        case address
        /// The host's name is unknown.
        case dns
        /// The host does not take connections.
        case connection
        /// The connection cannot be encrypted.
        case tls
        /// The request got no usable answer on its way.
        case proxy
        /// Whoever answers does not know the address.
        case notFound = "not_found"
        /// The receiver could not store the event.
        case receiver
        /// Somebody took the event, and it is not in this database.
        case store
        case done
    }

    /// What came back for the post.
    enum Answer: Equatable {
        case status(Int)
        /// No connection, with what went wrong.
        case notConnected(String, isNameKnown: Bool)
        /// Sent, and never answered.
        case none(String)
    }

    var step: Step
    /// What happened, and what to do about it.
    var text: String

    /// - Parameters:
    ///   - isStored: whether the event is in the database.
    ///   - serve: the command that receives events.
    init(_ answer: Answer, isStored: Bool, host: String, serve: String) {
        switch answer {
        case .notConnected(let problem, isNameKnown: false):
            (step, text) = (
                .dns, "the name of \(host) is not known (\(problem)). Enter it in your DNS, or correct --url."
            )
        case .notConnected(let problem, isNameKnown: true):
            let isTLS = problem.contains("TLS") || problem.contains("certificate")
            step = isTLS ? .tls : .connection
            text =
                "\(host): \(problem). "
                + (isTLS
                    ? "Z-API needs a certificate of a known issuer for this name."
                    : "Check that the proxy, or `\(serve)`, listens there, and that the firewall lets it through.")
        case .none(let problem):
            step = .proxy
            text =
                "\(host) was reached, but gave no answer (\(problem)). Check that the proxy passes requests on to `\(serve)`."
        case .status(200..<300) where isStored:
            (step, text) = (.done, "an event sent to \(host) arrived, and is stored.")
        case .status(200..<300):
            step = .store
            text =
                "\(host) took the event, but it is not in this database: another program answers there, or `\(serve)` "
                + "uses another --db."
        case .status(404):
            step = .notFound
            text =
                "\(host) answers 404. Either --url has a path that the proxy does not know, or the proxy does not pass /z/… on, or "
                + "`\(serve)` uses another --db."
        case .status(let status) where (300..<400).contains(status):
            step = .proxy
            text =
                "\(host) answers \(status), a redirect, which Z-API need not follow. Use the address it leads to as --url."
        case .status(let status) where [401, 403, 407].contains(status):
            step = .proxy
            text = "\(host) answers \(status): the proxy must let /z/… through without a password; its path is secret."
        case .status(503):
            step = .receiver
            text =
                "\(host) answers 503: the receiver cannot store events now, or the proxy does not reach it. See the log of "
                + "`\(serve)`."
        case .status(let status) where status >= 500:
            step = .proxy
            text =
                "\(host) answers \(status): the proxy does not reach `\(serve)`. Start it, or correct the proxy's target."
        case .status(let status):
            step = .proxy
            text = "\(host) answers \(status): it does not accept what Z-API posts. Check the proxy's rules for /z/…."
        }
    }

    init(_ step: Step, _ text: String) {
        self.step = step
        self.text = text
    }

    var exit: ExitStatus {
        switch step {
        case .done: .success
        case .address, .notFound, .receiver, .store: .stopped
        case .dns, .connection, .tls, .proxy: .unreachable
        }
    }
}
