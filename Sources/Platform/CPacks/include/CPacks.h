int yagura_CPacks_placeholder(void);
