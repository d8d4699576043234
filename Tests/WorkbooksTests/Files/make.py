"""Makes the workbooks beside it: python3 make.py (needs openpyxl 3.1, msoffcrypto-tool 6.1 and LibreOffice's soffice)."""
import datetime, os, shutil, subprocess, tempfile
import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from msoffcrypto.format.ooxml import OOXMLFile

HERE = os.path.dirname(os.path.abspath(__file__))

def people():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Contatos"
    sheet.append(["telefone", "nome", "cpf", "nascimento", "retorno", "hora", "ativo", "valor", "erro", "duração"])
    sheet.append([5512940468989, "João  da Conceição", 1234567890, datetime.date(1980, 2, 29),
                  datetime.datetime(2026, 11, 30, 9, 0), datetime.time(9, 0), True, 0.1 + 0.2, "#N/A",
                  datetime.timedelta(hours=36)])
    sheet.append(["11 94046-8989", " espaço ", 98765432100, datetime.date(2026, 11, 30),
                  datetime.datetime(2026, 11, 30, 9, 0, 30), datetime.time(23, 59, 59), False, -12.5, "#REF!",
                  datetime.timedelta(minutes=5)])
    sheet["K1"] = "vírgula"
    sheet["K2"] = CellRichText("Ana ", TextBlock(InlineFont(b=True), "Maria"), " Souza")
    sheet["K3"] = "linha 1\nlinha 2 📞 <&> _x000D_"
    for row in (2, 3):
        sheet[f"C{row}"].number_format = "00000000000"
        sheet[f"D{row}"].number_format = "dd/mm/yyyy"
        sheet[f"J{row}"].number_format = "[h]:mm"
    return book

def save(book, name):
    book.save(os.path.join(HERE, name))

save(people(), "openpyxl.xlsx")

book = people()
book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
save(book, "openpyxl-1904.xlsx")

book = people()
book.iso_dates = True
save(book, "openpyxl-iso.xlsx")

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Lista"
for row in range(1, 7):
    sheet.append([f"{c}{row}" for c in "ABCDE"])
sheet.row_dimensions[3].hidden = True
sheet.row_dimensions[5].outlineLevel = 1
sheet.row_dimensions[5].hidden = True
sheet.row_dimensions[6].height = 0
sheet.column_dimensions["B"].hidden = True
sheet.column_dimensions["D"].width = 0
sheet.auto_filter.ref = "A1:E6"
sheet.auto_filter.add_filter_column(0, ["A1", "A2"])
sheet.merge_cells("A2:B2")
book.create_sheet("Oculta").sheet_state = "hidden"
book.create_sheet("Muito oculta").sheet_state = "veryHidden"
chart = openpyxl.chart.BarChart()
chart.add_data(openpyxl.chart.Reference(sheet, min_col=1, min_row=1, max_row=3))
book.create_chartsheet("Gráfico").add_chart(chart)
save(book, "hidden.xlsx")

book = openpyxl.Workbook()
sheet = book.active
sheet.append(["=1+1", "=\"a\"&\"b\"", "=1/0", "=1=1", "=DATE(2026,11,30)", "=\"\""])
sheet["E1"].number_format = "yyyy-mm-dd"
save(book, "formulas-uncomputed.xlsx")

def convert(source, extension, filter=None, name=None):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                        filter or extension, "--outdir", folder, os.path.join(HERE, source)], check=True,
                       stdout=subprocess.DEVNULL)
        made = os.path.join(folder, os.path.splitext(source)[0] + "." + extension)
        shutil.copy(made, os.path.join(HERE, name))

convert("openpyxl.xlsx", "xlsx", name="libreoffice.xlsx")
convert("openpyxl-1904.xlsx", "xlsx", name="libreoffice-1904.xlsx")
convert("hidden.xlsx", "xlsx", name="libreoffice-hidden.xlsx")
convert("formulas-uncomputed.xlsx", "xlsx", name="formulas-computed.xlsx")
convert("hidden.xlsx", "ods", name="list.ods")
convert("hidden.xlsx", "xls", "xls:MS Excel 97", name="old.xls")
convert("hidden.xlsx", "html", name="page.html.xlsx")

with open(os.path.join(HERE, "openpyxl.xlsx"), "rb") as plain, open(os.path.join(HERE, "encrypted.xlsx"), "wb") as locked:
    OOXMLFile(plain).encrypt("senha", locked)
