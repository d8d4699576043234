/// Z-API as the runner sees it: it places calls and returns their outcomes, and reports the health of its instances.
package protocol CallProvider: Sendable {
    /// Asks Z-API to place a call. Never throws, since every failure is a verdict too. Returns immediately, in doubt,
    /// when its task is cancelled.
    ///
    /// - Parameters:
    ///   - phone: the number to call.
    ///   - seconds: how long the call rings, 1…15.
    ///   - audio: the address of the sound that whoever answers hears; nil means none.
    ///   - instance: the instance's index in the run's list.
    ///   - refusal: called at the last moment at which the request can be held back, in practice when the connection is
    ///     open; returns why it must not be sent, or nil. Must return immediately.
    func call(
        _ phone: PhoneNumber, seconds: Int, audio: String?, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal?
    ) async -> CallReply

    /// Asks Z-API for the health of an instance (`GET …/status`); returns immediately when its task is cancelled.
    func health(of instance: Int) async -> InstanceHealth
}

/// The outcome of a request, with the parts of the reply that are kept.
package struct CallReply: Hashable, Sendable {
    /// What it means.
    package var verdict: Verdict
    /// The HTTP status; nil when there was no reply.
    package var httpStatus: Int?
    /// Z-API's own error text, or what went wrong before Z-API could reply; never contains a secret or a URL.
    package var error: String?
    /// What it is about, if it is a refusal.
    package var subject: RefusalSubject

    package init(
        verdict: Verdict, httpStatus: Int? = nil, error: String? = nil, subject: RefusalSubject = .call
    ) {
        self.verdict = verdict
        self.subject = subject
        self.httpStatus = httpStatus
        self.error = error
    }

    /// The outcome of a request that was held back.
    package init(heldBack refusal: SendRefusal) {
        self.init(verdict: .heldBack, error: refusal.description)
    }
}

/// The health of an instance, as `/status` reports it.
package enum InstanceHealth: Hashable, Sendable {
    /// It is connected to WhatsApp.
    case connected
    /// It is not connected: Z-API would queue the calls and place them all when it is connected again, at any hour.
    case disconnected(String)
    /// Z-API refuses the instance: token, address list or id.
    case misconfigured(String)
    /// Z-API could not be reached, or its answer is unusable.
    case unreachable(String)
}
