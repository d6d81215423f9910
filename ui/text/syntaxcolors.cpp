#include "text/syntaxcolors.h"

#include "text/scintilla_p.h"

#include <QFont>
#include <QPalette>

#include <initializer_list>

namespace headrace::ui {

namespace {

// QScintilla's list of words is of before 2015.
class ModernJavaScript : public QsciLexerJavaScript
{
public:
    using QsciLexerJavaScript::QsciLexerJavaScript;

    const char *keywords(int set) const override
    {
        switch (set) {
        case 1:
            return "async await break case catch class const continue debugger default delete do "
                   "else export extends false finally for function get if import in instanceof let "
                   "new null of return set static super switch this throw true try typeof "
                   "undefined "
                   "var void while with yield";
        case 2:
            return "Buffer __dirname __filename clearImmediate clearInterval clearTimeout console "
                   "exports globalThis module process queueMicrotask require setImmediate "
                   "setInterval setTimeout";
        default:
            return nullptr;
        }
    }
};

void colour(QsciLexer *lexer, const QColor &color, std::initializer_list<int> styles)
{
    for (const int style : styles)
        lexer->setColor(color, style);
}

void paintJson(QsciLexer *lexer, const SyntaxColors &c)
{
    using L = QsciLexerJSON;
    colour(lexer, c.name, { L::Property });
    colour(lexer, c.string, { L::String, L::IRI, L::IRICompact });
    colour(lexer, c.attribute, { L::EscapeSequence });
    colour(lexer, c.number, { L::Number });
    colour(lexer, c.keyword, { L::Keyword, L::KeywordLD });
    colour(lexer, c.comment, { L::CommentLine, L::CommentBlock });
    colour(lexer, c.error, { L::Error, L::UnclosedString });
}

void paintMarkup(QsciLexer *lexer, const SyntaxColors &c)
{
    using L = QsciLexerHTML;
    colour(
        lexer, c.name, { L::Tag, L::UnknownTag, L::XMLTagEnd, L::XMLStart, L::XMLEnd, L::Script });
    colour(lexer, c.attribute, { L::Attribute, L::UnknownAttribute, L::Entity });
    colour(lexer, c.string,
        { L::HTMLDoubleQuotedString, L::HTMLSingleQuotedString, L::HTMLValue, L::CDATA,
            L::JavaScriptDoubleQuotedString, L::JavaScriptSingleQuotedString,
            L::JavaScriptUnclosedString, L::JavaScriptRegex });
    colour(lexer, c.number, { L::HTMLNumber, L::JavaScriptNumber });
    colour(lexer, c.keyword, { L::JavaScriptKeyword, L::SGMLCommand, L::SGMLDefault });
    colour(lexer, c.comment,
        { L::HTMLComment, L::JavaScriptComment, L::JavaScriptCommentLine, L::JavaScriptCommentDoc,
            L::SGMLComment });
}

void paintJavaScript(QsciLexer *lexer, const SyntaxColors &c)
{
    using L = QsciLexerCPP;
    colour(lexer, c.keyword, { L::Keyword });
    colour(lexer, c.name, { L::KeywordSet2 });
    colour(lexer, c.string,
        { L::DoubleQuotedString, L::SingleQuotedString, L::RawString, L::Regex,
            L::VerbatimString });
    colour(lexer, c.error, { L::UnclosedString });
    colour(lexer, c.number, { L::Number });
    colour(lexer, c.attribute, { L::EscapeSequence });
    colour(lexer, c.comment, { L::Comment, L::CommentLine, L::CommentDoc, L::CommentLineDoc });
}

void paintCss(QsciLexer *lexer, const SyntaxColors &c)
{
    using L = QsciLexerCSS;
    colour(lexer, c.name, { L::Tag, L::ClassSelector, L::IDSelector });
    colour(lexer, c.attribute,
        { L::CSS1Property, L::CSS2Property, L::CSS3Property, L::ExtendedCSSProperty,
            L::UnknownProperty, L::Attribute });
    colour(lexer, c.keyword,
        { L::PseudoClass, L::UnknownPseudoClass, L::PseudoElement, L::ExtendedPseudoClass,
            L::ExtendedPseudoElement, L::AtRule, L::MediaRule, L::Important });
    colour(lexer, c.string, { L::DoubleQuotedString, L::SingleQuotedString });
    colour(lexer, c.number, { L::Value, L::Variable });
    colour(lexer, c.comment, { L::Comment });
}

} // namespace

SyntaxColors SyntaxColors::of(const QPalette &palette)
{
    SyntaxColors c;
    c.text = palette.color(QPalette::Text);
    c.paper = palette.color(QPalette::Base);
    if (c.paper.lightness() < 128) {
        c.faint = QColor(0x8b, 0x93, 0x9c);
        c.comment = QColor(0x93, 0x9b, 0xa4);
        c.keyword = QColor(0xc9, 0xa4, 0xec);
        c.string = QColor(0x93, 0xd1, 0xa3);
        c.number = QColor(0xe4, 0xae, 0x75);
        c.name = QColor(0x88, 0xba, 0xf2);
        c.attribute = QColor(0xdd, 0xb9, 0x82);
        c.error = QColor(0xff, 0x8f, 0x86);
        c.match = QColor(0xb5, 0x8a, 0x1f);
    } else {
        c.faint = QColor(0x6b, 0x72, 0x7a);
        c.comment = QColor(0x62, 0x69, 0x71);
        c.keyword = QColor(0x7a, 0x2f, 0xa0);
        c.string = QColor(0x0a, 0x66, 0x40);
        c.number = QColor(0x96, 0x48, 0x00);
        c.name = QColor(0x0b, 0x57, 0xa4);
        c.attribute = QColor(0x86, 0x4a, 0x08);
        c.error = QColor(0xb3, 0x26, 0x1e);
        c.match = QColor(0xf2, 0xc9, 0x4c);
    }
    return c;
}

QsciLexer *makeLexer(Language language, QObject *parent)
{
    switch (language) {
    case Language::Plain:
        return nullptr;
    case Language::Json: {
        auto *lexer = new QsciLexerJSON(parent);
        lexer->setHighlightComments(true);
        return lexer;
    }
    case Language::Xml:
        return new QsciLexerXML(parent);
    case Language::Html:
        return new QsciLexerHTML(parent);
    case Language::JavaScript: {
        auto *lexer = new ModernJavaScript(parent);
        lexer->setHighlightBackQuotedStrings(true);
        lexer->setHighlightEscapeSequences(true);
        return lexer;
    }
    case Language::Css:
        return new QsciLexerCSS(parent);
    }
    return nullptr;
}

void paint(QsciLexer *lexer, Language language, const SyntaxColors &colors, const QFont &font)
{
    lexer->setFont(font);
    lexer->setDefaultFont(font);
    lexer->setDefaultColor(colors.text);
    lexer->setDefaultPaper(colors.paper);
    lexer->setColor(colors.text);
    lexer->setPaper(colors.paper);
    switch (language) {
    case Language::Plain:
        break;
    case Language::Json:
        paintJson(lexer, colors);
        break;
    case Language::Xml:
    case Language::Html:
        paintMarkup(lexer, colors);
        break;
    case Language::JavaScript:
        paintJavaScript(lexer, colors);
        break;
    case Language::Css:
        paintCss(lexer, colors);
        break;
    }
}

} // namespace headrace::ui
