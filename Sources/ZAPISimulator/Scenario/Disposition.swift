/// What becomes of a call that Z-API has taken: what WhatsApp says of it, and what the person does.
///
/// It matters only where the instance's webhooks have an address; without one, every call rings and nothing is told.
/// The errors are those of Z-API's documentation (“On send callback examples”, read 2026).
package enum Disposition: String, CaseIterable, Codable, Sendable {
    case answered, missed, callsBack
    case repliesStop, repliesPhrase, repliesUnclear, repliesAudio, repliesThanks, pressesButton
    /// Missed the first time, then answered.
    case answersLater
    /// Delivered, and no more is told.
    case noCallEvent
    /// Nothing is told at all.
    case silent
    case deliveryNoWhatsApp, deliveryInvalidPhone, deliveryNotQueued, deliveryTimeout, deliveryError
    case deliveryRejected, deliveryNotAllowed, deliveryNoPermission, deliveryShadowBan
    case deliveryBadAudio, deliveryAudioMissing, deliveryAudioPage
    case deliveryCallsUnavailable, deliveryBadRequest, deliveryOther

    /// One sentence: what happens, and what the webhooks tell.
    package var explanation: String {
        switch self {
        case .answered: "delivered, answered while it rings"
        case .missed: "delivered, not answered"
        case .callsBack: "delivered, not answered; then the person calls back"
        case .repliesStop: "answered; then the person writes \"\(Self.stop)\""
        case .repliesPhrase: "answered; then the person writes \"\(Self.phrase)\""
        case .repliesUnclear: "answered; then the person writes \"\(Self.unclear)\""
        case .repliesAudio: "answered; then the person sends an audio message"
        case .repliesThanks: "answered; then the person writes \"\(Self.thanks)\""
        case .pressesButton: "answered; then the person presses \"\(Self.button)\""
        case .answersLater: "not answered the first time, then answered"
        case .noCallEvent: "delivered; no event says whether it was answered"
        case .silent: "rings; no event at all"
        case .deliveryTimeout: "rings; error \"\(deliveryError ?? "")\""
        case .deliveryNotQueued: "no ring; error \"It was not possible to send message to queue ...\""
        case .deliveryAudioPage: "no ring; error \"The url informed is not a valid url in the media ...\""
        case .deliveryInvalidPhone: "no ring; error \"Phone ... got invalid phone number\""
        case .deliveryShadowBan: "no ring; error \"... likely shadow ban\", errorCode SHADOW_BAN"
        case .deliveryNoWhatsApp, .deliveryError, .deliveryRejected, .deliveryNotAllowed, .deliveryNoPermission,
            .deliveryBadAudio, .deliveryAudioMissing,
            .deliveryCallsUnavailable, .deliveryBadRequest, .deliveryOther:
            "no ring; error \"\(deliveryError ?? "")\""
        }
    }

    /// The `error` of the delivery webhook; nil when the call is delivered, or nothing is told.
    var deliveryError: String? {
        switch self {
        case .answered, .missed, .callsBack, .repliesStop, .repliesPhrase, .repliesUnclear, .repliesAudio,
            .repliesThanks, .pressesButton, .answersLater, .noCallEvent, .silent:
            nil
        case .deliveryNoWhatsApp: "Phone number does not exist"
        case .deliveryInvalidPhone: "Phone got invalid phone number"
        case .deliveryNotQueued: "It was not possible to send message to queue due to request error."
        case .deliveryTimeout: "Timeout on send message"
        case .deliveryError: "Error on send message"
        case .deliveryRejected: "Whatsapp rejected sending this message"
        case .deliveryNotAllowed: "Whatsapp did not allow sending this message"
        case .deliveryNoPermission: "Does not have permission to send the message"
        case .deliveryShadowBan: "Whatsapp rejected sending this message, likely shadow ban"
        case .deliveryBadAudio: "Message not send caused by invalid media url"
        case .deliveryAudioMissing: "Got a 404 error while trying to send message"
        case .deliveryAudioPage:
            "The url informed is not a valid url in the media format, apparently it can be an html"
        case .deliveryCallsUnavailable: "Call with audio not available to channels."
        case .deliveryBadRequest: "invalid request params"
        case .deliveryOther: "Something that no documentation mentions"
        }
    }

    /// Whether the phone rings.
    package var rings: Bool { deliveryError == nil || self == .deliveryTimeout }

    /// What those write who do not want to be called.
    package static let stop = "SAIR"
    package static let phrase = "Não me ligue mais, por favor"
    static let unclear = "quem é você?"
    static let thanks = "Obrigado, até amanhã!"
    package static let button = "Não quero mais ligações"
}

extension Disposition {
    /// Which third and fourth digits from the end of a phone choose which disposition; of the others, the even numbers
    /// are answered and the odd ones missed.
    package static let digitTable: [(digits: String, disposition: Disposition, description: String)] =
        places.map { (digits: "\($0.number)", disposition: $0.disposition, description: $0.disposition.explanation) }

    private static let places: [(number: Int, disposition: Disposition)] = [
        (70, .callsBack), (71, .repliesStop), (72, .repliesPhrase), (73, .repliesUnclear), (74, .repliesAudio),
        (75, .repliesThanks), (76, .pressesButton), (77, .answersLater), (78, .noCallEvent), (79, .silent),
        (80, .deliveryNoWhatsApp), (81, .deliveryInvalidPhone), (82, .deliveryNotQueued), (83, .deliveryTimeout),
        (84, .deliveryError), (85, .deliveryRejected), (86, .deliveryNotAllowed), (87, .deliveryNoPermission),
        (88, .deliveryShadowBan), (89, .deliveryBadAudio), (90, .deliveryAudioMissing), (91, .deliveryAudioPage),
        (92, .deliveryCallsUnavailable), (93, .deliveryBadRequest), (94, .deliveryOther),
    ]

    private static let byNumber: [Disposition] = {
        var table = (0..<100).map { $0.isMultiple(of: 2) ? Disposition.answered : .missed }
        for place in places { table[place.number] = place.disposition }
        return table
    }()

    /// The disposition that the third and fourth digits from the end of `phone` select.
    static func chosenByDigits(of phone: String) -> Disposition {
        let number = phone.utf8.prefix { $0 != UInt8(ascii: "@") }.dropLast(2).suffix(2).reduce(0) { number, digit in
            number * 10 + Int(digit) - Int(UInt8(ascii: "0"))
        }
        return byNumber.indices.contains(number) ? byNumber[number] : .answered
    }
}
