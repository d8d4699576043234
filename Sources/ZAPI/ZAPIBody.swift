import CampaignCore
import Foundation

/// What is read of a reply's body.
struct ZAPIBody {
    /// The ids, when there is any, in their whole length.
    private(set) var receipt: CallReceipt?
    /// The text `error`, and a `message` that says more.
    private(set) var errors: [String] = []
    /// The text `error` alone.
    private(set) var errorText: String?
    /// Whether it is in the form of Z-API's own errors: a text `error`, at most a text `message` beside it, and nothing
    /// else. A page, plain text or a framework's JSON comes from somewhere on the way.
    private(set) var isOwnError = false
    /// What it says, whatever it is; nil when it is empty.
    private(set) var text: String?

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A body that could not be read.
    init() {}

    init(_ bytes: [UInt8]) {
        // All of it: what is cut before secrets are looked for may end in half a secret.
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
        // Z-API writes no mark, and no key twice: whoever does is somebody else.
        isOwnError =
            !isMarked && error.count == 1 && message.count <= 1 && members.count == error.count + message.count
            && (error + message).allSatisfy { Self.isText($0.value) } && errorText != nil
        receipt = Self.receipt(members, hasError: errorText != nil)
    }

    /// What is said about an error, in one text.
    var error: String? { errors.isEmpty ? nil : errors.joined(separator: ": ") }

    /// Whether it is markup, of which nothing is worth showing.
    var isPage: Bool { text?.first { !$0.isWhitespace } == "<" }

    /// Whether the error texts speak of this very request.
    var isAboutRequest: Bool { errors.flatMap(ErrorWords.parts).contains(where: \.isAboutRequest) }

    /// Whether the error texts speak of the instance, and of nobody who is to be called.
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
        // The documentation's `id` repeats the messageId. Alone beside an error text it may name anything.
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

/// Ids of calls as they are written in replies.
enum CallIdentifier {
    /// Z-API's have 32 characters; what is longer than this is kept as its beginning.
    static let longest = 256

    /// The id that a value is; nil when it is none.
    static func text(_ value: JSONMembers.Value) -> String? {
        switch value {
        case .text(let text): id(text)
        // Not 0 and not below: programs write those for “none”.
        case .number(let text): text.hasPrefix("-") || !text.contains { $0.isNumber && $0 != "0" } ? nil : id(text)
        case .other: nil
        }
    }

    /// `text` as an id, however long; nil when it is none: blank, what programs write for “none”, or with characters that
    /// no id has.
    static func id(_ text: String) -> String? {
        let text = text.trimmingCharacters(in: CharacterSet(charactersIn: " "))
        guard !text.isEmpty, !["null", "undefined"].contains(text.lowercased()),
            text.unicodeScalars.allSatisfy({ $0 != "\u{FFFD}" && !OutsideText.isUnfit($0) })
        else { return nil }
        return text
    }

    /// An id as it is kept. Secrets are looked for before: half of one is known no more.
    static func kept(_ id: String) -> String { OutsideText.shortened(id, to: longest) }
}
