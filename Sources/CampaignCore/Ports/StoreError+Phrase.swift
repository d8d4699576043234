extension StoreError: Explained {
    /// One sentence: what, where, what to do.
    package var phrase: Phrase {
        switch self {
        case .held(let path, let holder, let stop?):
            Phrase(
                "\(path) is in use by \(holder.english): wait for it to end, or stop it with `\(stop)`.",
                "\(path) está em uso \(Phrase.by(holder).portuguese): espere até que termine, ou pare-o com `\(stop)`.")
        case .held(let path, let holder, nil):
            Phrase(
                "\(path) is in use by \(holder.english): wait for it to end, then run the same command again.",
                "\(path) está em uso \(Phrase.by(holder).portuguese): espere até que termine e execute o mesmo comando de novo."
            )
        case .fromNewerVersion(let path):
            Phrase(
                "\(path) was written by a newer version of discador: use that version, or choose another file with --db.",
                "\(path) foi gravado por uma versão mais nova do discador: use essa versão, ou escolha outro arquivo com --db."
            )
        case .fromOlderVersion(let path): Self.fromOlderVersionText(path)
        case .notOurs(let path, let detail):
            Phrase(
                "\(path) is not a discador database (\(detail.english)): choose another file with --db.",
                "\(path) não é um banco de dados do discador (\(detail.portuguese)): escolha outro arquivo com --db.")
        case .corrupt(let path, let detail): Self.corruptText(path, detail)
        case .diskFull(let path):
            Phrase(
                "The disk that holds \(path) is full, or a file-size limit is reached: make room, then run the same command again.",
                "O disco onde está \(path) está cheio, ou um limite de tamanho de arquivo foi atingido: libere espaço e execute o mesmo comando de novo."
            )
        case .tooManyFiles(let path): Self.tooManyFilesText(path)
        case .io(let path, let detail):
            Phrase(
                "\(path) cannot be read or written (\(detail.english)): check the disk and its permissions, then run the same command again.",
                "\(path) não pode ser lido ou gravado (\(detail.portuguese)): confira o disco e as permissões e execute o mesmo comando de novo."
            )
        case .locked(let path):
            Phrase(
                "\(path) is locked by another program, such as a backup: let it finish, then run the same command again.",
                "\(path) está bloqueado por outro programa, como um backup: deixe-o terminar e execute o mesmo comando de novo."
            )
        case .replaced(let path, _, nil): Self.replacedText(path)
        case .replaced(let path, let place, let rescued?): Self.replacedText(path, place, rescued: rescued)
        case .overwritten(let path, let place): Self.overwrittenText(path, place)
        case .indexOverwritten(let path): Self.indexOverwrittenText(path)
        case .lost(let path): Self.lostText(path)
        case .unmarked(let path): Self.unmarkedText(path)
        case .writtenElsewhere(let path, let name): Self.writtenElsewhereText(path, name)
        case .otherDatabase(let path, let place): Self.otherDatabaseText(path, place)
        case .outdated(let path, let place, let commits, let wanted): Self.outdatedText(path, place, commits, wanted)
        case .otherName(let path, let name):
            Phrase(
                "\(path) is another name of \(name), where its log is: use that name, or remove the other one.",
                "\(path) é outro nome de \(name), onde está o log dele: use aquele nome, ou remova o outro.")
        case .unknownCampaign(let name, let known): Self.unknownCampaignText(name, known)
        case .beingDeleted(let name):
            Phrase(
                "Campaign “\(name)” is being deleted, and some of its contacts are gone already: `discador delete \(name)` "
                    + "deletes the rest.",
                "A campanha “\(name)” está sendo apagada, e parte dos contatos já não existe: `discador delete \(name)` "
                    + "apaga o resto.")
        case .campaignIncomplete(let name):
            Phrase(
                """
                Campaign “\(name)” is still being imported: try again when the import has finished. If it was killed, run \
                `discador import` again.
                """,
                """
                A campanha “\(name)” ainda está sendo importada: tente de novo quando a importação terminar. Se ela foi \
                interrompida, execute `discador import` de novo.
                """)
        case .missing(let path):
            Phrase(
                """
                There is no database at \(path): choose the file with --db, or run `discador import` first if no one was called yet \
                (a new database does not know of calls made from another one, and would call those people again).
                """,
                """
                Não há banco de dados em \(path): escolha o arquivo com --db, ou execute antes `discador import` se ninguém foi \
                chamado ainda (um banco de dados novo não conhece ligações feitas a partir de outro, e ligaria de novo para essas \
                pessoas).
                """)
        case .unexpected(let path, let detail):
            Phrase(
                "\(path) refused a statement (\(detail.english)): this is a bug in discador, please report it.",
                "\(path) recusou um comando (\(detail.portuguese)): isto é um defeito do discador; por favor, comunique-o."
            )
        }
    }

    private static func unknownCampaignText(_ name: String, _ known: [String]) -> Phrase {
        guard known.isEmpty else {
            let list = known.joined(separator: ", ")
            return Phrase(
                "Campaign “\(name)” was never imported here; this database has: \(list).",
                "A campanha “\(name)” nunca foi importada aqui; este banco de dados tem: \(list).")
        }
        return Phrase(
            """
            Campaign “\(name)” was never imported here: choose the file with --db, or run `discador import` first if no one \
            was called yet (this database does not know of calls made from another one).
            """,
            """
            A campanha “\(name)” nunca foi importada aqui: escolha o arquivo com --db, ou execute antes `discador import` se \
            ninguém foi chamado ainda (este banco de dados não conhece ligações feitas a partir de outro).
            """)
    }
}
