/// A Z-API instance: one WhatsApp number that places calls.
package struct Instance: Sendable, Equatable {
    /// The name the campaign gives it; appears in reports and logs.
    package var name: String
    /// Z-API's id of the instance. Not a secret: webhooks carry it.
    package var id: String
    /// The token in the path of every request.
    package var token: Secret
    /// The account's security token, sent as `Client-Token`; nil when the account has not activated it.
    package var clientToken: Secret?
    /// Z-API's address, without a trailing slash.
    package var baseURL: String
    /// How it spaces its calls.
    package var pace: InstancePace
    /// Maximum number of calls per day in the campaign's time zone, 1…1 000 000; nil means no cap.
    package var dailyCap: Int?
    /// Maximum number of calls on its first, second, … day of use; the last one applies from then on. Empty means no
    /// warm-up.
    package var warmup: [Int]

    /// An instance with the default pace, address and no caps.
    package init(name: String, id: String, token: Secret, clientToken: Secret? = nil) {
        self.name = name
        self.id = id
        self.token = token
        self.clientToken = clientToken
        baseURL = "https://api.z-api.io"
        pace = .afterRinging
        warmup = []
    }
}

/// Text that must never be shown: it prints, dumps and interpolates as a placeholder.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one place that sends it.
    package func reveal() -> String {
        text
    }

    /// A placeholder.
    package var description: String { "‹secret›" }
    /// A placeholder.
    package var debugDescription: String { description }
    /// A mirror without children.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
