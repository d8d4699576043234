/// What Z-API's error text says about the instance itself, as opposed to the call. Every call gets such a refusal, so
/// no contact may fail because of it. Kinds of words in English and Portuguese count, not exact texts.
///
/// The kinds come from texts such as: “To continue sending a message, you must subscribe to this instance again”, “your
/// client-token is not configured”, “You are not connected.”, “You need to restore the session.” (Z-API, read 2026).
enum AccountProblem: Equatable, Sendable {
    /// The subscription is over, a payment is missing, or the instance is blocked.
    case subscription
    /// The plan does not include calls, or a limit or the credit is used up.
    case allowance
    /// The token, client token or IP address is refused.
    case credentials
    /// There is no such instance.
    case noInstance
    /// The instance is not connected to WhatsApp.
    case disconnected

    /// The problem that `texts` name; nil when they are about the request, or say nothing that is known.
    init?(_ texts: [String]) {
        // Part by part: “phone 55…: instance disconnected” has one part that is about the instance alone.
        let parts = texts.flatMap(ErrorWords.parts)
        // A part that names nobody is about the account, unless another part says whom it is about.
        let isAboutRequest = parts.contains(where: \.isAboutRequest)
        let problem =
            parts.lazy.compactMap(Self.problem).first
            ?? (isAboutRequest ? nil : parts.lazy.compactMap(Self.unnamedProblem).first)
        guard let problem else { return nil }
        self = problem
    }

    /// What a person can do about it.
    var remedy: String {
        switch self {
        case .subscription: "pay for, renew or unblock the instance at Z-API"
        case .allowance: "check the account's plan, limits and credit at Z-API"
        case .credentials: "check the instance's id, token and client token, and the IP addresses that Z-API allows"
        case .noInstance: "check the instance's id and token, and baseURL"
        case .disconnected: "connect the instance's phone at Z-API"
        }
    }

    /// The problem in a part that says neither whom nor what it is about. Mistaking it for one about the call could
    /// fail the whole list; mistaking an error about a call for one about the account only stops the run.
    private static func unnamedProblem(_ words: ErrorWords) -> AccountProblem? {
        // “Account not found” may refer to the person called.
        let isAccounts = words.has(anyOf: AccountWords.accounts) && words.has(anyOf: AccountWords.missing)
        if isAccounts { return nil }
        if words.has(anyOf: AccountWords.awayStates + AccountWords.unready) { return .disconnected }
        if words.has(anyOf: AccountWords.usedUp) { return .allowance }
        if words.has(anyOf: AccountWords.offers), words.has(anyOf: AccountWords.withheld) { return .allowance }
        if words.has(anyOf: AccountWords.subscriptions), words.has(anyOf: AccountWords.withheld) {
            return .subscription
        }
        let isToken = words.has(anyOf: AccountWords.credentials) && words.has(anyOf: AccountWords.withheld)
        return isToken || words.has(anyOf: AccountWords.permissions) ? .credentials : nil
    }

    private static func problem(_ words: ErrorWords) -> AccountProblem? {
        // Addressed to the sender of the request.
        if words.has(anyOf: AccountWords.disconnectedSender) {
            return words.has(anyOf: AccountWords.towards) && words.isAboutRequest ? nil : .disconnected
        }
        if words.are(anyOf: AccountWords.disconnectedPhone) { return .disconnected }
        if words.has(anyOf: AccountWords.subscribe) { return .subscription }
        guard !words.isAboutRequest else { return nil }
        if words.has(anyOf: AccountWords.mustSubscribe) { return .subscription }
        if words.has(anyOf: AccountWords.missingDevices) { return .disconnected }
        let withheld = AccountWords.withheld + AccountWords.notAllowed
        if words.has(anyOf: AccountWords.enqueuing), words.has(anyOf: withheld) { return .disconnected }
        if words.has(anyOf: AccountWords.ownPhones) {
            if words.has(anyOf: AccountWords.phoneProblems) { return .disconnected }
            if words.has(anyOf: AccountWords.sanctions) { return .subscription }
        }
        if words.are(anyOf: AccountWords.nothingThere) || words.has(anyOf: AccountWords.noResource) {
            return .noInstance
        }
        let isBad = words.has(anyOf: AccountWords.badStates)
        let isAway = words.has(anyOf: AccountWords.awayStates)
        if words.has(anyOf: AccountWords.connections), isAway || isBad && words.has(anyOf: AccountWords.sessions) {
            return .disconnected
        }
        if words.has(anyOf: AccountWords.unauthorized) { return .credentials }
        if words.ends(withAnyOf: AccountWords.notAllowed) { return .credentials }
        guard isBad else { return nil }
        if words.has(anyOf: AccountWords.credentials) { return .credentials }
        if words.has(anyOf: AccountWords.subscriptions) { return .subscription }
        let isMissing = words.has(anyOf: AccountWords.missing)
        if words.has(anyOf: AccountWords.instances) { return isMissing ? .noInstance : .subscription }
        // An account that does not exist may be that of the person called.
        return words.has(anyOf: AccountWords.accounts) && !isMissing ? .subscription : nil
    }
}
