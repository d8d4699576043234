/// Why a call whose intent is on disk must no longer be sent. It certainly was not sent.
package enum SendRefusal: Hashable, Sendable, Explained {
    /// The calling window, the campaign's or the contact's own, has closed since the claim.
    case windowShut
    /// The campaign has expired since the claim.
    case expired
    /// The wall clock was set after the intent was written: the time of day must be checked again.
    case clockSet
    /// The intent was written this long ago, which is more than ``SendGuard/longestWait``.
    case tooLate(Duration)
    /// The person was put on the do-not-call list since the claim, or is held because of a reply.
    case blocked

    /// The error text; the attempt gets the English one.
    package var phrase: Phrase {
        switch self {
        case .windowShut:
            Phrase(
                "held back: the calling window closed before the request could be sent",
                "retida: o horário de ligação terminou antes que o pedido pudesse ser enviado")
        case .expired:
            Phrase(
                "held back: the campaign expired before the request could be sent",
                "retida: a campanha venceu antes que o pedido pudesse ser enviado")
        case .clockSet:
            Phrase(
                "held back: the machine's clock was set before the request could be sent",
                "retida: o relógio da máquina foi acertado antes que o pedido pudesse ser enviado")
        case .tooLate(let passed): Self.tooLate("\(passed.components.seconds)")
        case .blocked:
            Phrase(
                "held back: the person asked for no more calls, or was blocked, before the request could be sent",
                "retida: a pessoa pediu para não receber ligações, ou foi bloqueada, antes que o pedido pudesse ser enviado"
            )
        }
    }

    static func tooLate(_ seconds: String) -> Phrase {
        Phrase(
            "held back: \(seconds) s passed before the request could be sent; was the machine asleep?",
            "retida: passaram \(seconds) s antes que o pedido pudesse ser enviado; a máquina estava suspensa?")
    }
}

/// Decides whether a call may still be sent, at the last moment at which it can be held back.
///
/// Between the intent and the first byte the machine may sleep, the process may be stopped, or the disk may stall. So
/// the conditions for the claim are checked again right before sending.
package struct SendGuard: Sendable {
    /// The contact of an older intent is requeued: its place in the pace has passed. No connection takes longer than
    /// this.
    package static let longestWait = Duration.seconds(10)
    /// Smaller jumps of the wall clock are corrections by a time service.
    static let clockTolerance = Duration.seconds(2)

    private let intendedAt: Timestamp
    private let window: WindowGate
    private let expires: Timestamp?
    private let gate: (any ClaimGate)?

    /// The rule for the calls of one transaction.
    ///
    /// - Parameters:
    ///   - intendedAt: the wall-clock time at which they were claimed.
    ///   - window: the campaign's window.
    ///   - expires: when the campaign ends; nil means never.
    ///   - gate: makes single contacts wait; nil means none.
    package init(intendedAt: Timestamp, window: WindowGate, expires: Timestamp?, gate: (any ClaimGate)?) {
        self.intendedAt = intendedAt
        self.window = window
        self.expires = expires
        self.gate = gate
    }

    /// Why the call to `phone` must not be sent now; nil when it may be.
    ///
    /// - Parameters:
    ///   - wall: the wall-clock time.
    ///   - passed: how long ago it was claimed, on a monotonic clock that includes time asleep.
    package func refusal(of phone: PhoneNumber, at wall: Timestamp, after passed: Duration) -> SendRefusal? {
        if let expires, expires <= wall { return .expired }
        // A copy: its last answer, from the time of the claim, serves all calls.
        var window = window
        guard window.state(at: wall) == .open, gate?.opening(of: phone, at: wall) == nil else { return .windowShut }
        let step = intendedAt.duration(to: wall) - passed
        guard (.zero - Self.clockTolerance)...Self.clockTolerance ~= step else { return .clockSet }
        return passed > Self.longestWait ? .tooLate(passed) : nil
    }
}
