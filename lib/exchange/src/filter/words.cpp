#include "filter/words.h"

#include <algorithm>

namespace headrace::exchange::language {

namespace {

bool isWildcard(QChar c) { return c == u'*' || c == u'?'; }

// Characters that mean something in a word, so that a backslash before them does.
bool isSpecial(QChar c)
{
    return isWildcard(c) || c.isSpace() || QStringView(u"\\\"'()~,&|/").contains(c);
}

} // namespace

bool hasWildcard(QStringView word, bool isQuestionMarkOne)
{
    for (qsizetype i = 0; i < word.size(); ++i) {
        if (word[i] == u'\\')
            ++i;
        else if (word[i] == u'*' || (isQuestionMarkOne && word[i] == u'?'))
            return true;
    }
    return false;
}

QString plainText(QStringView word)
{
    QString text;
    for (qsizetype i = 0; i < word.size(); ++i) {
        if (word[i] == u'\\' && i + 1 < word.size() && isSpecial(word[i + 1]))
            ++i;
        text += word[i];
    }
    return text;
}

QString globText(QStringView word)
{
    QString glob;
    for (qsizetype i = 0; i < word.size(); ++i) {
        if (word[i] != u'\\') {
            glob += word[i];
            continue;
        }
        const bool isEscape = i + 1 < word.size() && isSpecial(word[i + 1]);
        const QChar meant = isEscape ? word[++i] : word[i];
        if (isWildcard(meant) || meant == u'\\')
            glob += u'\\';
        glob += meant;
    }
    return glob;
}

QString globWord(const QString &glob)
{
    QString word;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        if (glob[i] == u'\\' && i + 1 < glob.size()) {
            word += glob[i];
            word += glob[++i];
            continue;
        }
        if (isSpecial(glob[i]) && !isWildcard(glob[i]) && glob[i] != u'/')
            word += u'\\';
        word += glob[i];
    }
    return word;
}

bool isPlainWord(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || QStringView(u"_.-+/@%").contains(c));
    });
}

} // namespace headrace::exchange::language
