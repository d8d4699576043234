/// What a person does so that a campaign is dialed, or is really done.
package enum Remedy: String, CaseIterable, Sendable, Codable {
    /// Nothing: it goes on by itself, or there is nothing to go on with.
    case none
    /// End its pause.
    case resume
    /// Have it dialed.
    case run
    /// Have it dialed by the service, which has not been asked to, or could not.
    case start
    /// Start the service that dials it, or dial it without one.
    case startService = "start_service"
    /// Go on with a cancellation that was interrupted.
    case cancel
    case importContacts = "import"
    /// See what the instances lack, and correct it.
    case checkInstances = "check_instances"
    /// Find out why so many calls failed, then have it dialed.
    case findCause = "find_cause"
    /// Correct its campaign file or what the file names.
    case correctFile = "correct_file"
    case resolveDoubts = "resolve_doubts"
    case decideReplies = "decide_replies"
    /// Ask as the user who runs it.
    case askAsOwner = "ask_as_owner"

    /// For a page, which has something to press beside it; nil when there is nothing to do.
    package var phrase: Phrase? {
        switch self {
        case .none: nil
        case .resume: Phrase("resume it", "retome a campanha")
        case .run: Phrase("start it", "inicie a campanha")
        case .start: Phrase("start it again", "inicie a campanha de novo")
        case .startService: Phrase("start the service", "inicie o serviço")
        case .cancel: Phrase("cancel it again", "cancele de novo")
        case .importContacts: Phrase("import a list", "importe uma lista")
        case .checkInstances: Phrase("check its instances", "confira as instâncias")
        case .findCause: Phrase("find the cause, then start it again", "descubra a causa, depois inicie de novo")
        case .correctFile: Phrase("correct it, then start it again", "corrija, depois inicie de novo")
        case .resolveDoubts: Phrase("settle the doubts", "resolva as dúvidas")
        case .decideReplies: Phrase("decide about the replies", "decida sobre as respostas")
        case .askAsOwner:
            Phrase("ask as the user who runs the campaign", "consulte como o usuário que disca a campanha")
        }
    }

    /// For a terminal, with the commands; nil when there is nothing to do.
    package func phrase(of campaign: String, _ suggested: SuggestedCommands) -> Phrase? {
        func command(_ words: String...) -> String { "`\(suggested.command(words))`" }
        let run = command("run", campaign)
        return switch self {
        case .none: nil
        case .resume:
            Phrase("resume with \(command("resume", campaign))", "retome com \(command("resume", campaign))")
        case .run: Phrase("resume with \(run)", "continue com \(run)")
        case .start: Phrase("start it again with \(run)", "inicie de novo com \(run)")
        case .startService:
            Phrase("go on with \(command("serve")) or \(run)", "continue com \(command("serve")) ou \(run)")
        case .cancel:
            Phrase("finish with \(command("cancel", campaign))", "termine com \(command("cancel", campaign))")
        case .importContacts:
            Phrase(
                "import a list with \(command("import", campaign))",
                "importe uma lista com \(command("import", campaign))")
        case .checkInstances:
            Phrase(
                "see what is wrong with \(command("check", campaign))",
                "veja o que há de errado com \(command("check", campaign))")
        case .findCause:
            Phrase("find the cause, then resume with \(run)", "descubra a causa, depois continue com \(run)")
        case .correctFile:
            Phrase(
                "correct it, verify with \(command("check", campaign)), then run again with \(run)",
                "corrija, confira com \(command("check", campaign)), e execute de novo com \(run)")
        case .resolveDoubts:
            Phrase(
                "settle them with \(command("doubts", campaign))", "resolva-as com \(command("doubts", campaign))")
        case .decideReplies:
            Phrase("decide with \(command("replies", campaign))", "decida com \(command("replies", campaign))")
        case .askAsOwner:
            Phrase(
                "run this as the user who runs the campaign",
                "execute este comando como o usuário que disca a campanha")
        }
    }
}

extension DialingStatus {
    /// What a person does about it.
    package var remedy: Remedy {
        switch word {
        case .dialing, .pace, .window, .cap, .retry, .perPerson, .heldBack, .canary, .answers, .contacts, .stopping,
            .expired, .done:
            .none
        // A rest ends by itself.
        case .instance: isDialed && until != nil ? .none : .checkInstances
        case .paused: .resume
        case .cancelling: facts.process == .none ? .cancel : .none
        case .brake: .findCause
        case .audio, .contradiction, .obstacle: .correctFile
        case .held: facts.isActive && facts.process != .unnamed ? .startService : .none
        case .unknown: .askAsOwner
        case .noProcess: facts.process == .service ? .start : .startService
        case .idle: .run
        case .empty: .importContacts
        case .doubt: .resolveDoubts
        case .replies: .decideReplies
        }
    }
}
