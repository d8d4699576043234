import CampaignCore
import Foundation

/// What a reply's body says.
struct ZAPIBody {
    /// The ids in full; nil when there are none.
    private(set) var receipt: CallReceipt?
    /// The text `error`, and a `message` if it says more.
    private(set) var errors: [String] = []
    /// The text `error` alone.
    private(set) var errorText: String?
    /// Whether it has the form of Z-API's own errors: a text `error`, at most a text `message` beside it, and nothing
    /// else. A page, plain text or a framework's JSON comes from a gateway.
    private(set) var isOwnError = false
    /// The whole body as text; nil when it is empty.
    private(set) var text: String?

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A body that could not be read.
    init() {}

    init(_ bytes: [UInt8]) {
        // All of it: text that is cut before it is searched for secrets may end within one.
        text = String(decoding: bytes, as: UTF8.self)
        if text?.allSatisfy(\.isWhitespace) ?? true { text = nil }
        let isMarked = bytes.starts(with: Self.byteOrderMark)
        guard let members = JSONMembers(bytes[(isMarked ? Self.byteOrderMark.count : 0)...])?.members else { return }
        for name in ["error", "message"] {
            guard case .text(let said)? = members.last(where: { $0.name == name })?.value else { continue }
            guard said.contains(where: { !$0.isWhitespace }) else { continue }
            if name == "error" { errorText = said }
            if !errors.contains(said) { errors.append(said) }
        }
        let error = members.filter { $0.name == "error" }
        let message = members.filter { $0.name == "message" }
        // Z-API writes no byte order mark, and no key twice: only other programs do.
        isOwnError =
            !isMarked && error.count == 1 && message.count <= 1 && members.count == error.count + message.count
            && (error + message).allSatisfy { Self.isText($0.value) } && errorText != nil
        receipt = Self.receipt(members, hasError: errorText != nil)
    }

    /// The error texts combined.
    var error: String? { errors.isEmpty ? nil : errors.joined(separator: ": ") }

    /// Whether it is markup, which is not worth showing.
    var isPage: Bool { text?.first { !$0.isWhitespace } == "<" }

    /// Whether the error texts are about this request.
    var isAboutRequest: Bool { errors.flatMap(ErrorWords.parts).contains(where: \.isAboutRequest) }

    /// Whether the error texts say that the number can never be called, and nothing else of this request.
    var refusesNumber: Bool {
        let parts = errors.flatMap(ErrorWords.parts)
        return parts.contains(where: \.namesCallee) && parts.contains(where: \.saysNoNumber)
            && !parts.contains(where: \.mayBeAboutMoreThanNumber)
    }

    /// Whether the error texts are about the instance, and not about the person called.
    var mentionsInstance: Bool {
        errors.flatMap(ErrorWords.parts).contains { !$0.isAboutRequest && $0.has(anyOf: AccountWords.instances) }
    }

    // MARK: Ids

    /// The ids among the members, whose names are read in any spelling.
    private static func receipt(
        _ members: [(name: String, value: JSONMembers.Value)], hasError: Bool
    ) -> CallReceipt? {
        func id(_ isMeant: (String) -> Bool) -> String? {
            members.last { isMeant($0.name.lowercased()) && CallIdentifier.text($0.value) != nil }
                .flatMap { CallIdentifier.text($0.value) }
        }
        let zaapId = id { $0.filter { $0 != "_" && $0 != "-" } == "zaapid" }
        let messageId = id { $0.filter { $0 != "_" && $0 != "-" } == "messageid" }
        // The documentation's `id` repeats the messageId. On its own beside an error text, it may identify anything.
        let repeated = hasError && zaapId == nil ? nil : id { $0 == "id" }
        guard zaapId != nil || messageId != nil || repeated != nil else { return nil }
        return CallReceipt(zaapId: zaapId, messageId: messageId ?? repeated)
    }

    private static func isText(_ value: JSONMembers.Value) -> Bool {
        switch value {
        case .text: true
        case .number, .other: false
        }
    }
}
