/// A Z-API instance: one WhatsApp number that places calls.
public struct Instance: Sendable, Equatable {
    /// The name the campaign gives it; appears in reports and logs.
    public var name: String
    /// Z-API's id of the instance. Not a secret by itself: webhooks carry it.
    public var id: String
    /// The token in the path of every request.
    public var token: Secret
    /// The account's security token, sent as `Client-Token`; nil when the account has not activated it.
    public var clientToken: Secret?
    /// Where Z-API listens, without a slash at the end.
    public var baseURL: String
    /// How it spaces its calls.
    public var pace: InstancePace
    /// The most calls in a day of the campaign's time zone; nil is no cap.
    public var dailyCap: Int?
    /// The most calls on its first, second, … day of use; the last one holds from then on. Empty is no ladder.
    public var warmup: [Int]

    /// An instance with the default pace, address and no caps.
    public init(name: String, id: String, token: Secret, clientToken: Secret? = nil) {
        self.name = name
        self.id = id
        self.token = token
        self.clientToken = clientToken
        baseURL = "https://api.z-api.io"
        pace = .afterRinging
        warmup = []
    }
}

/// A text that must never be seen: it prints, dumps and interpolates as a placeholder.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    /// Wraps a text.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one place that sends it.
    public func reveal() -> String {
        text
    }

    /// A placeholder.
    public var description: String { "‹secret›" }
    /// A placeholder.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
