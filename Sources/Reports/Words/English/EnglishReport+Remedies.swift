import CampaignCore

extension EnglishReport {
    func phoneProblem(_ problem: PhoneProblem) -> String {
        switch problem {
        case .empty: "no phone"
        case .letters: "letters in the phone"
        case .symbols: "signs in the phone"
        case .digitsLost: "digits lost by a spreadsheet"
        case .decimals: "a number with decimals"
        case .date: "a date"
        case .document: "a document or postal code"
        case .filler: "a placeholder"
        case .twoNumbers: "two numbers in a cell"
        case .tooShort: "too few digits"
        case .tooLong: "too many digits"
        case .dddTwice: "area code written twice"
        case .ambiguous: "can be two different numbers"
        case .contradiction: "area or country code contradicts the number"
        case .noDDD: "no area code"
        case .unknownDDD: "area code does not exist"
        case .unknownCountry: "country code does not exist"
        case .unknownLine: "no phone begins like this"
        case .serviceNumber: "a service number"
        case .landline: "a landline"
        case .malformedLid: "malformed WhatsApp identifier"
        }
    }

    func remedy(_ reason: FailureReason) -> String? {
        switch reason {
        case .refused:
            "Read the error. "
                + "A wrong number is corrected in the list, which is then imported again; others are called again with retry."
        case .attemptsUsedUp, .throttledTooOften: "Call them again later with retry, at a slower pace."
        case .noWhatsApp: "Find another number, or reach these people in another way."
        case .notQueued: "They were not rung: call them again with retry."
        case .rejectedByWhatsApp: "WhatsApp keeps this number from calling them: try another instance."
        case .shadowBan: "Let the instance rest, call fewer people a day, and call these again later."
        case .badAudio: "Correct the address of the audio, then retry."
        case .badRequest: "Read the error; calls with audio need Z-API's calls contract."
        case .other: "Read the error that Z-API gave."
        }
    }

    func remedy(_ reason: DoubtReason) -> String? {
        switch reason {
        case .unreadableReply, .noReply, .gatewayError, .interrupted, .deliveryUnknown:
            "They may have been rung: look at the evidence with doubts, decide with resolve. Nobody is rung again before."
        }
    }

    func remedy(_ reason: ExclusionReason) -> String? {
        switch reason {
        case .doNotCall, .sameWhatsApp, .cancelled, .notListed: nil
        case .noWhatsApp: "Find another number, or reach these people in another way."
        case .samePerson: "These people were called as another contact; nothing needs to be done."
        case .expired: "Give the campaign a later end, and bring them back with retry."
        case .held: "Read their replies and decide with replies."
        case .unanswered: "Try another time of day, or another way to reach them."
        }
    }
}
