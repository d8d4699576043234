import Foundation

/// What Z-API's error text says about the instance itself, whoever was to be called: such a refusal comes to everybody,
/// so no contact may fail by it. Kinds of words count, in English and Portuguese, not exact texts.
///
/// Texts that gave the kinds: “To continue sending a message, you must subscribe to this instance again”, “your
/// client-token is not configured”, “You are not connected.”, “You need to restore the session.” (Z-API, read 2026).
enum AccountTrouble: Equatable, Sendable {
    /// The subscription is over, a payment is missing, or the instance is blocked.
    case subscription
    /// The plan has no calls, or a limit or the credit is used up.
    case allowance
    /// Token, client token or address is refused.
    case credentials
    /// No instance answers there.
    case noInstance
    /// The instance is not connected to WhatsApp.
    case disconnected

    /// The trouble that `texts` tell of; nil when they are about the request, or say nothing that is known.
    init?(_ texts: [String]) {
        // A part at a time: “phone 55…: instance disconnected” has a part about the instance alone.
        let parts = texts.flatMap(ErrorWords.parts)
        // What names nobody is about the account, unless another part says whom it is about.
        let isAboutRequest = parts.contains(where: \.isAboutRequest)
        let trouble =
            parts.lazy.compactMap(Self.trouble).first
            ?? (isAboutRequest ? nil : parts.lazy.compactMap(Self.unnamedTrouble).first)
        guard let trouble else { return nil }
        self = trouble
    }

    /// What a person can do about it.
    var remedy: String {
        switch self {
        case .subscription: "pay for, renew or unblock the instance at Z-API"
        case .allowance: "see at Z-API what the account's plan, limits and credit allow"
        case .credentials: "check the instance's id, token and client token, and the addresses that Z-API allows"
        case .noInstance: "check the instance's id and token, and baseURL"
        case .disconnected: "connect the instance's phone at Z-API"
        }
    }

    /// What a part tells of that says neither whom nor what it is about. To take it for a call's would fail the whole
    /// list; to take a call's for the account's stops a run and harms nobody.
    private static func unnamedTrouble(_ words: ErrorWords) -> AccountTrouble? {
        // “Account not found” may be that of whoever was to be called.
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

    private static func trouble(_ words: ErrorWords) -> AccountTrouble? {
        // Said to whoever sends the request.
        if words.has(anyOf: AccountWords.disconnectedSender) {
            return words.has(anyOf: AccountWords.towards) && words.isAboutRequest ? nil : .disconnected
        }
        if words.are(anyOf: AccountWords.disconnectedPhone) { return .disconnected }
        if words.has(anyOf: AccountWords.subscribe) { return .subscription }
        guard !words.isAboutRequest else { return nil }
        if words.has(anyOf: AccountWords.mustSubscribe) { return .subscription }
        if words.has(anyOf: AccountWords.ownPhones) {
            if words.has(anyOf: AccountWords.phoneTroubles) { return .disconnected }
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
        // An account that does not exist may be that of whoever was to be called.
        return words.has(anyOf: AccountWords.accounts) && !isMissing ? .subscription : nil
    }
}

/// The words of a part of an error text: without case, accents and punctuation.
struct ErrorWords {
    private let padded: String

    /// The parts of a text: what stands between its marks of punctuation.
    static func parts(_ text: String) -> [ErrorWords] {
        var parts: [String] = []
        var part = ""
        var last: Character = " "
        for character in text {
            // A full stop within a number or a name, as in an address, parts nothing.
            if character == ":", namesNumbered(part) {
                part.append(" ")
            } else if ",;:!?\n()|–—".contains(character) || character.isWhitespace && last == "."
                || character == "-" && last == " "
            {
                parts.append(part)
                part = ""
            } else {
                // `notConnected` is two words.
                if character.isUppercase, last.isLowercase { part.append(" ") }
                part.append(character)
            }
            last = character
        }
        return (parts + [part]).map(ErrorWords.init).filter { $0.padded != " " }
    }

    /// “Instance id: 12345678” is one part.
    private static func namesNumbered(_ part: String) -> Bool {
        let word = part.split { !$0.isLetter }.last?.lowercased() ?? ""
        return word == "id" || AccountWords.numbered.contains(word)
    }

    private init(_ part: String) {
        let folded = part.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "en"))
        let words = folded.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
        var padded = words.isEmpty ? " " : " \(words) "
        for (phrases, word) in AccountWords.replacements {
            for phrase in phrases { padded = padded.replacingOccurrences(of: " \(phrase) ", with: " \(word) ") }
        }
        // “isn't”.
        self.padded = padded.replacingOccurrences(of: "n t ", with: " not ")
    }

    /// Whether it speaks of this very request: whom to call, and with what.
    var isAboutRequest: Bool {
        if has(anyOf: AccountWords.request) { return true }
        let words = padded.split(separator: " ").filter { $0 != "id" && $0 != "is" }
        return words.indices.contains { index in
            guard words[index].count >= 8, words[index].allSatisfy(\.isNumber) else { return false }
            // “Instance 12345678” is no phone.
            return index == 0 || !AccountWords.numbered.contains(String(words[index - 1]))
        }
    }

    func has(anyOf phrases: [String]) -> Bool {
        phrases.contains { padded.contains(" \($0) ") }
    }

    /// Whether it is one of the phrases, and nothing more.
    func are(anyOf phrases: [String]) -> Bool {
        phrases.contains { padded == " \($0) " }
    }

    func ends(withAnyOf phrases: [String]) -> Bool {
        phrases.contains { padded.hasSuffix(" \($0) ") }
    }
}
