import CampaignCore

extension EnglishReport {
    func page(_ text: PageText) -> String {
        switch text {
        case .generatedAt: "Generated"
        case .firstCall: "First call"
        case .lastCall: "Last call"
        case .contacts: "Contacts"
        case .answered: "Answered"
        case .calls: "Calls"
        case .sums: "Sum check"
        case .funnel: "From the list to the answer"
        case .imported: "imported"
        case .callable: "may be called"
        case .acceptedByZAPI: "accepted by Z-API"
        case .deliveredToWhatsApp: "delivered to WhatsApp"
        case .answeredByPeople: "answered"
        case .nothingMeasured:
            "No webhook has told what came after the calls: who was reached and who answered is not known."
        case .callsOverTime: "Calls over time"
        case .figuresAsTable: "Figures as a table"
        case .from: "From"
        case .acceptedOnly: "accepted"
        case .inDoubt: "in doubt"
        case .refused: "refused"
        case .notPlaced: "not placed"
        case .noResult: "no result"
        case .windowShut: "waiting for the calling window"
        case .paused: "paused"
        case .callsByHour: "Calls by weekday and hour"
        case .answersByHour: "Answered calls by weekday and hour"
        case .hour: "Hour"
        case .share: "Share"
        case .problems: "Failures, and what to do about them"
        case .errorTexts: "Most frequent errors, in the words of Z-API or discador"
        case .reason: "Reason"
        case .code: "Code"
        case .whatToDo: "What to do"
        case .latency: "How long Z-API took to reply"
        case .withinMilliseconds: "Milliseconds"
        case .longest: "longest"
        case .instances: "Instances"
        case .delivered: "Delivered"
        case .notCalled: "Who was left out, and why"
        case .excluded: "Excluded contacts"
        case .rejected: "Rejected rows"
        case .duplicates: "Duplicate rows"
        case .examples: "Examples"
        case .people: "Call-backs, replies and opt-outs"
        case .calledBack: "Called back"
        case .replied: "Replied"
        case .optedOut: "Opted out"
        case .noNews: "Nobody has called back or replied, as far as webhooks tell."
        case .doubts: "Doubts"
        case .noDoubts: "None: it is known of every call whether it reached Z-API."
        case .attemptsPerContact: "Attempts per contact"
        case .attempts: "Attempts"
        case .failed: "Failed"
        case .waiting: "Waiting"
        case .notAnswered: "Not answered"
        case .total: "Total"
        case .none: "None."
        case .empty: "(empty)"
        case .settings: "Settings"
        case .settingsUnknown: "No run has begun yet."
        case .setting: "Setting"
        case .value: "Value"
        case .contactsTable: "Contacts"
        case .definitions: "How the figures are defined"
        }
    }

    func sentence(_ sentence: PageSentence) -> String {
        switch sentence {
        case .title(let campaign): "Campaign \(campaign)"
        case .timesIn(let zone): "times in \(zone)"
        case .nobodyYet: "Nobody has been called yet."
        case .finished: "The campaign is finished."
        case .stillOpen(let count): "\(counted(count, "contact is", "contacts are")) still to be called."
        case .accepted(let count, let total, let tenths):
            "Z-API accepted the calls to \(number(count)) of \(counted(total, "contact", "contacts")) (\(percent(tenths: tenths)))."
        case .answered(let count, let tenths):
            "\(counted(count, "person", "people")) answered (\(percent(tenths: tenths)) of those accepted)."
        case .failed(let count): "\(counted(count, "contact", "contacts")) failed."
        case .inDoubt(let count):
            "\(counted(count, "phone", "phones")) may have rung without a result: a person must decide before they are called again."
        case .contactsAddUp(let count): "= \(counted(count, "contact", "contacts")), as many as there are."
        case .callsAddUp(let count): "= \(counted(count, "call", "calls")), as many as the contacts' attempts."
        case .doesNotAddUp(let count, let expected): "= \(number(count)), but there are \(number(expected))."
        case .correctedSince(let count):
            "The table has \(Figures.counted(count, "row", "rows")) more: corrected and imported since."
        case .everyInterval(let milliseconds): "Each bar is \(span(milliseconds: milliseconds))."
        case .shareOfStep(let tenths): "\(percent(tenths: tenths)) of the step before"
        case .notFinal(let until): "Not final: webhooks may tell more until \(until)."
        case .peopleShown(let count): "The first \(number(count)) of them are shown."
        case .byColumn(let column): "By \(column)"
        case .tooManyValues(let column, let limit):
            "The column \(column) has more than \(number(limit)) different values: choose one that groups the contacts."
        case .noSuchColumn(let column): "No list of the campaign has a column \(column)."
        case .settingsFrom(let moment): "From \(moment)"
        case .tooManyContacts(let count, let limit):
            "There are \(number(count)) contacts, more than the \(number(limit)) of as many columns that fit on a page: export them as xlsx or csv."
        case .chosenContacts: "Only the chosen contacts are listed; all figures count everybody."
        }
    }

    var definitions: [Definition] {
        [
            Definition("Contact", "A person to call: one row of a list, counted once, with one state."),
            Definition("Attempt, call", "One request to Z-API to place a call. A contact may have several."),
            Definition(
                "Accepted",
                "Z-API answered with an id: it has queued the call. Whether the phone rang is told by webhooks."),
            Definition("Delivered", "A webhook said that the call went out to WhatsApp."),
            Definition(
                "Answered", "A webhook said that the person took the call; of each contact, the last call counts."),
            Definition(
                "Failed", "A definite refusal: the phone did not ring, or Z-API said that the call did not go out."),
            Definition(
                "In doubt", "It is not known whether the phone rang. Such a contact is not called again by itself."),
            Definition("Excluded", "Will not be called, for the reason given."),
            Definition(
                "Not placed", "The call certainly was not placed: the request did not leave, or Z-API asked to wait."),
            Definition("Latency", "From the request's start to its outcome; percentiles are exact, by nearest rank."),
            Definition("Call-back, reply", "The person rang us within 72 hours after a call, or wrote to us."),
        ]
    }

    private func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(number(count)) \(count.noun(one, many))"
    }
}
