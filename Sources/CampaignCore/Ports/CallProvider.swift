/// Z-API as the runner sees it: it places a call and returns the outcome, and reports the health of its instances.
package protocol CallProvider: Sendable {
    /// Asks Z-API to place a call; never throws, since whatever goes wrong is a verdict too.
    /// Returns immediately, in doubt, when its task is cancelled.
    ///
    /// - Parameters:
    ///   - phone: the number to call.
    ///   - seconds: how long the call rings, 1…15.
    ///   - instance: the instance's place in the run's list.
    ///   - refusal: called at the last moment at which the request can be held back, in practice when the connection is
    ///     open; returns why it must not be sent, or nil. Returns immediately.
    func call(
        _ phone: PhoneNumber, seconds: Int, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal?
    ) async -> CallReply

    /// Asks Z-API for the health of an instance (`GET …/status`); returns immediately when its task is cancelled.
    func health(of instance: Int) async -> InstanceHealth
}

/// The outcome of a request, with what is worth keeping of the reply.
package struct CallReply: Hashable, Sendable {
    /// What it means.
    package var verdict: Verdict
    /// The HTTP status; nil when there was no reply.
    package var httpStatus: Int?
    /// Z-API's own error text, or what went wrong on the way; never holds a secret or a URL.
    package var error: String?
    /// What it is about, where it is a refusal.
    package var subject: RefusalSubject

    package init(
        verdict: Verdict, httpStatus: Int? = nil, error: String? = nil, subject: RefusalSubject = .call
    ) {
        self.verdict = verdict
        self.subject = subject
        self.httpStatus = httpStatus
        self.error = error
    }

    /// A request that was held back.
    package init(heldBack refusal: SendRefusal) {
        self.init(verdict: .heldBack, error: refusal.description)
    }
}

/// The health of an instance, as `/status` reports it.
package enum InstanceHealth: Hashable, Sendable {
    /// It is connected to WhatsApp.
    case connected
    /// It is not connected: Z-API would keep the calls and place them all when it is connected again, at any hour.
    case disconnected(String)
    /// Z-API refuses the instance: token, address list or id.
    case misconfigured(String)
    /// Z-API could not be reached, or its answer is unusable.
    case unreachable(String)
}
