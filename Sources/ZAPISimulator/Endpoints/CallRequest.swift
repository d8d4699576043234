import Foundation

/// The body of a send-call: its values have the right types, but are not checked yet.
struct CallRequest: Sendable {
    /// Why a body is not a call.
    struct Refusal: Error {
        var sentence: String
    }

    private struct Body: Decodable {
        var phone: String
        var callDuration: Double?
        var callAudioUrl: String?

        enum CodingKeys: CodingKey {
            case phone, callDuration, callAudioUrl
        }
    }

    static let defaultDuration = 5

    var phone: String
    /// Seconds.
    var duration: Int
    /// The address of an audio to be played; nil for a call that only rings.
    var audioURL: String?

    init(_ bytes: Data) throws(Refusal) {
        do {
            let body = try JSONDecoder().decode(Body.self, from: bytes)
            guard let seconds = Int(exactly: body.callDuration ?? Double(Self.defaultDuration)) else {
                throw Self.wrongKind(of: Body.CodingKeys.callDuration)
            }
            phone = body.phone
            duration = seconds
            audioURL = body.callAudioUrl
        } catch let refusal as Refusal {
            throw refusal
        } catch DecodingError.keyNotFound(let key, _) {
            throw Refusal(sentence: "\(key.stringValue) is required")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw Self.wrongKind(of: context.codingPath.last)
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw Self.wrongKind(of: context.codingPath.last)
        } catch {
            throw Refusal(sentence: "The body is not valid JSON")
        }
    }

    private static func wrongKind(of key: (any CodingKey)?) -> Refusal {
        switch key?.stringValue {
        case nil: Refusal(sentence: "The body must be a JSON object")
        case "callDuration": Refusal(sentence: "callDuration must be a whole number of seconds")
        case let name?: Refusal(sentence: "\(name) must be a string")
        }
    }
}
