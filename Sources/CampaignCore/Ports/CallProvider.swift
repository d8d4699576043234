/// Z-API as the runner sees it: something that places one call and says what came of it, and knows how it is.
package protocol CallProvider: Sendable {
    /// Asks Z-API to place a call; never throws, since whatever goes wrong is a verdict too.
    /// Ends at once, in doubt, when its task is cancelled.
    ///
    /// - Parameters:
    ///   - phone: whom to call.
    ///   - seconds: how long the call rings, 1…15.
    ///   - instance: the instance's place in the run's list.
    ///   - refusal: asked at the last moment at which the request can be held back, in practice when the connection is
    ///     there; says why it must not leave, or nil. Answers at once.
    func call(
        _ phone: PhoneNumber, seconds: Int, through instance: Int,
        unless refusal: @escaping @Sendable () -> DepartureRefusal?
    ) async -> CallReply

    /// Asks Z-API how an instance is (`GET …/status`); ends at once when its task is cancelled.
    func health(of instance: Int) async -> InstanceHealth
}

/// How an instance is.
package enum InstanceHealth: Hashable, Sendable {
    /// It is connected to WhatsApp.
    case connected
    /// It is not connected: Z-API would keep the calls and place them all when it is again, at whatever hour.
    case disconnected(String)
    /// Z-API refuses the instance: token, address list or id.
    case misconfigured(String)
    /// Z-API could not be asked, or gave no usable answer.
    case unreachable(String)
}
